import { callerArn, type Place } from './functionReference';
import type { ServiceAnswer, ServiceRequest } from './server';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export function getCallerIdentity({ requestId }: ServiceRequest, place: Place): ServiceAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>${callerArn(place)}</Arn>
    <UserId>local</UserId>
    <Account>${place.accountId}</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>
`,
  };
}
