/** Looks again and again, with a pause, until what it sees holds; a test that waits in vain ends by its time-out. */
export async function eventually<Seen>(
  look: () => Seen | PromiseLike<Seen>,
  holds: (seen: Seen) => boolean,
): Promise<Seen> {
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
