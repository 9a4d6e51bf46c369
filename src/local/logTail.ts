/** In bytes; https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const tailBytes = 4096;

/** The end of the log of one run, as Lambda hands it to a caller that waits. */
export class LogTail {
  #bytes: Buffer = Buffer.alloc(0);

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** @param message ends with a line end, or is one line */
  add(message: string): void {
    const line = Buffer.from(message.endsWith('\n') ? message : `${message}\n`);
    this.#bytes = Buffer.concat([this.#bytes, line.subarray(-tailBytes)]).subarray(-tailBytes);
  }
}
