/** The functions of the shop. One of these ARNs is wrong: its account has a digit too few. */
export const functions = {
  processOrder: 'arn:aws:lambda:us-east-1:123456789012:function:process-order',
  reserveStock: 'arn:aws:lambda:us-east-1:12345678901:function:reserve-stock',
  sendReceipt: 'arn:aws:lambda:us-east-1:123456789012:function:send-receipt',
};
