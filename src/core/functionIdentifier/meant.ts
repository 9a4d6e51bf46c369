/** Whether a value in a document is surely meant as a function identifier, though it may be misspelled. */
import { spelling } from './parse';
import { similarPartition, similarRegion } from './partitions';
import { isFunctionWord, isLambdaWord, type Reading, readIdentifier } from './reading';
import { isRightArn } from './rightArn';
import { doubledColon, hasOneSlip } from './slips';

/**
 * True for complete identifiers and for near misses of them. False as soon as one part is a placeholder (`ACCOUNT_ID`),
 * unfinished (a prefix to which code adds something) or of another service: nothing certain can be said then.
 */
export function isMeantAsFunction(text: string): boolean {
  if (isRightArn(text) || doubledColon(text) !== undefined) return true;
  const reading = readIdentifier(text);
  if (isGreengrass(reading) || isExecution(reading)) return false;
  if (!reading.name?.text) return lacksOnlyName(reading);
  if (!reading.arn) return isNearPartialArn(reading);
  return isNearArn(reading) || hasOneSlip(reading);
}

/** Where a name may be missing is for its place to say: see `placeOf`. */
function lacksOnlyName(reading: Reading): boolean {
  const { name, qualifier, resourceType, arn } = reading;
  return Boolean(arn && name && !qualifier && resourceType && isNearArn(reading));
}

/**
 * AWS's own functions for Greengrass have neither region nor account: `arn:aws:lambda:::function:GGIPDetector:1`.
 * Source: https://docs.aws.amazon.com/greengrass/v1/developerguide/connectors.html
 */
function isGreengrass({ region, account, resourceType }: Reading): boolean {
  return region?.text === '' && account?.text === '' && resourceType?.text === 'function';
}

/** A run of a durable function: whatever follows the word names the run. */
function isExecution({ qualifier, surplus }: Reading): boolean {
  return [qualifier, ...surplus]
    .slice(0, -1)
    .some((part) => /^(?:durable-)?execution$/.test(part?.text ?? ''));
}

function isNearArn(reading: Reading): boolean {
  const { partition, service, region, account, resourceType, surplus } = reading;
  if (!partition || !service || !isLambdaWord(service.text)) return false;
  if (!isNearPartition(partition.text) || (region && !isNearRegion(region.text))) return false;
  if (account && !/^[\d-]*$/.test(account.text)) return false;
  if (!isPossible(reading)) return false;
  if (resourceType) return isFunctionWord(resourceType.text);
  // Without the word `function` it is a function only if it can be nothing else.
  return (
    region !== undefined && account !== undefined && !reading.qualifier && surplus.length === 0
  );
}

/** What is no identifier but for one character is judged with all its parts: see `hasOneSlip`. */
function isPossible({ name, qualifier }: Reading): boolean {
  return [name, qualifier].every((part) => !part || /^[\w.$-]*$/.test(part.text));
}

/** Other tools have words with `:function:` of their own, so an account has to stand before it. */
function isNearPartialArn({ region, account, resourceType, surplus }: Reading): boolean {
  if (!account || !resourceType || !isFunctionWord(resourceType.text) || surplus.length > 1)
    return false;
  const digits = account.text.replaceAll('-', '');
  return (
    /^\d{11,13}$/.test(digits) && (!region || (region.text !== '' && isNearRegion(region.text)))
  );
}

function isNearPartition(text: string): boolean {
  return spelling.partition.test(text) || similarPartition(text) !== undefined;
}

function isNearRegion(text: string): boolean {
  return text === '' || spelling.region.test(text) || similarRegion(text) !== undefined;
}
