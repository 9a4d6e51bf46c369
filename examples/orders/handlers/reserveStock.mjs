import { setTimeout as pause } from 'node:timers/promises';

/** Slow: asks the warehouse for each item in turn. With four items or more it runs out of time. */
export const handler = async ({ warehouse, items = [] }, context) => {
  for (const { sku, quantity } of items) {
    console.log(`Asking ${warehouse} for ${quantity} × ${sku} …`);
    await pause(1500);
    console.log(`${context.getRemainingTimeInMillis()} ms left`);
  }
  return { reserved: items.length };
};
