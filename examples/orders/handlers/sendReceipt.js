/** Fails unless the address is complete: Lambda runs a failed event twice more, then gives it up. */
exports.handler = async ({ orderId, to }) => {
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(to)) {
    throw new RangeError(`The receipt of ${orderId} cannot be sent: "${to}" is no mail address.`);
  }
  console.info(`Receipt of ${orderId} sent to ${to}.`);
};
