/** Prints a delivery note. Has a bug: orders that are picked up have no address. */
exports.handler = async ({ orderId, address }) => {
  const lines = [address.name, address.street, address.city];
  console.log(`Order ${orderId} goes to ${lines.join(', ')}.`);
};
