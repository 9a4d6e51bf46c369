import { InvokeAsyncCommand, LambdaClient } from '@aws-sdk/client-lambda';

const lambda = new LambdaClient({});

/** Hands an order over to be processed. Resolves as soon as it is queued. */
export async function placeOrder(order) {
  const answer = await lambda.send(
    new InvokeAsyncCommand({
      FunctionName: 'process-order',
      InvokeArgs: JSON.stringify(order),
    }),
  );
  return answer.Status === 202;
}
