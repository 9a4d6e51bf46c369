import type { Connection } from '../core/invocation/connection';
import { isLoopback } from '../core/invocation/loopback';
import type { Outcome } from '../core/invocation/outcome';
import { type Answer, isPage, type Question, requestIdOf, type Stage } from './answer';
import { nameFailure } from './failure';
import { judge } from './outcomes';

/** What became of one event. */
export interface SentEvent
  extends Pick<Outcome, 'kind' | 'status' | 'requestId' | 'durableExecutionArn' | 'error'> {
  /** Whether any byte of it left this machine. */
  readonly sent: boolean;
  /** Certainly not queued, and worth another try. */
  readonly resend: boolean;
  /** What the service asked us to wait, in milliseconds. */
  readonly pauseMs?: number;
}

/** How one request went. */
interface Attempted {
  readonly connection: Pick<Connection, 'endpoint'>;
  readonly question: Question;
  /** How far it got; undefined before there was a request. */
  readonly stage: Stage | undefined;
  readonly answer: Answer | undefined;
  /** What the server presented, when it was not trusted. */
  readonly certificate: string | undefined;
  readonly thrown: unknown;
}

/** What became of the event of a request. */
export function verdictOn(attempted: Attempted): SentEvent {
  const { connection, question, stage = 'preparing', answer } = attempted;
  const { endpoint } = connection;
  const error = nameFailure(attempted);
  const requestId = answer && requestIdOf(answer);
  const { kind, resend } = judge({
    question,
    stage,
    name: error.name,
    isLocal: endpoint !== undefined && isLoopback(endpoint),
    ...(answer && {
      status: answer.status,
      isPage: isPage(answer),
      hasRequestId: requestId !== undefined,
    }),
  });
  const durableExecutionArn = answer?.headers['x-amz-durable-execution-arn'];
  const pauseMs = Number(answer?.headers['retry-after'] ?? 0) * 1000;
  return {
    kind,
    sent: stage === 'sent' || stage === 'answered',
    resend,
    ...(answer && { status: answer.status }),
    ...(requestId && { requestId }),
    ...(durableExecutionArn && { durableExecutionArn }),
    ...(kind !== 'accepted' && { error }),
    ...(pauseMs > 0 && { pauseMs }),
  };
}
