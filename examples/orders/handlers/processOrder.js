/** Prints the event that it received: what you send is what you see in the output. */
exports.handler = async (event, context) => {
  console.log('Received', JSON.stringify(event, null, 2));
  return { orderId: event.orderId ?? null, currency: process.env.CURRENCY, by: context.functionName };
};
