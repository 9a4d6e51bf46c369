import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { type Frame, encodeFrame, FrameReader } from './frames';
import { channels, type HandlerMessage } from './messages';

/** Sends a message from the handler's process, and returns when the pipe has taken it. */
export function sendToHost(message: HandlerMessage, body?: string | Uint8Array): void {
  const frame = encodeFrame(message, body);
  try {
    for (let at = 0; at < frame.byteLength; at += writeSync(channels.toHost, frame, at));
  } catch {
    // Nobody reads it any more: the host has gone, and the process is about to be ended.
  }
}

/** Reads the events to run. Once nobody can send any more, nothing keeps the process. */
export function receiveFromHost(receive: (frame: Frame) => void): void {
  const reader = new FrameReader();
  const pipe = new Socket({ fd: channels.toHandler, readable: true, writable: false });
  pipe.on('data', (chunk: Buffer) => {
    for (const frame of reader.read(chunk)) receive(frame);
  });
}
