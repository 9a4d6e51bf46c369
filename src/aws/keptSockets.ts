import type http from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a connection lies idle before it is closed from here: well before servers do, in milliseconds. */
export const longestIdleMs = 4000;

/** A server's own limit counts this much earlier, so that its end and our next event do not cross. */
const hintMarginMs = 1000;

/** A connection that ends this soon after an answer is one that the server counts the requests of. */
const soonMs = 1000;

/** How long such a count is believed; a server that was only restarted is not held to it for ever. */
const beliefMs = 60_000;

/**
 * Which connections of some agents may carry another request. Each event that is sent over a connection in the moment
 * in which the other side closes it is one of unknown fate, so a connection is given up early: after 4 s, or a second
 * before the server says it will, or after as many answers as the server was seen to give before it closed one without
 * a word; and at once when a byte arrives on it that nobody asked for.
 */
export class KeptSockets {
  private readonly states = new WeakMap<object, SocketState>();
  private readonly agents: http.Agent[] = [];
  private answersBeforeEnd = Number.POSITIVE_INFINITY;
  private believedUntil = 0;

  /** Takes charge of what the agent, which has `keepAlive`, keeps. */
  watch(agent: http.Agent): void {
    this.agents.push(agent);
    const keepSocketAlive = agent.keepSocketAlive.bind(agent);
    const reuseSocket = agent.reuseSocket.bind(agent);
    agent.keepSocketAlive = (socket) => {
      const kept: unknown = keepSocketAlive(socket);
      return kept !== false && this.keep(socket);
    };
    agent.reuseSocket = (socket, request) => {
      this.states.get(socket)?.stopWatching();
      reuseSocket(socket, request);
    };
  }

  /** Closes what must not carry another request. To be called before each: a timer may come late. */
  retire(): void {
    for (const agent of this.agents) {
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        if (!socket.writable || this.states.get(socket)?.isStale()) socket.destroy();
      }
    }
  }

  /** To be called for each answer, before its body is read. */
  answered(socket: Duplex, headers: http.IncomingHttpHeaders): void {
    const { answers = 0 } = this.states.get(socket) ?? {};
    this.states.set(socket, new SocketState(answers + 1, idleLimit(headers)));
  }

  /** To be called when a request was the second or a later one on its connection and got no answer. */
  lost(socket: Duplex): void {
    const state = this.states.get(socket);
    if (state && state.idleMs() < soonMs) this.learn(state);
  }

  close(): void {
    for (const agent of this.agents) agent.destroy();
  }

  private keep(socket: Duplex): boolean {
    const state = this.states.get(socket);
    if (!state || state.limitMs <= 0 || state.answers >= this.mostAnswers()) return false;
    state.startWatching(socket, () => {
      if (state.idleMs() < soonMs) this.learn(state);
      socket.destroy();
    });
    return true;
  }

  private mostAnswers(): number {
    return performance.now() < this.believedUntil
      ? this.answersBeforeEnd
      : Number.POSITIVE_INFINITY;
  }

  private learn({ answers }: SocketState): void {
    this.answersBeforeEnd = Math.min(answers, this.mostAnswers());
    this.believedUntil = performance.now() + beliefMs;
  }
}

/** A connection since its last answer. */
class SocketState {
  private readonly since = { run: performance.now(), clock: Date.now() };
  stopWatching = (): void => {};

  constructor(
    readonly answers: number,
    readonly limitMs: number,
  ) {}

  idleMs(): number {
    return performance.now() - this.since.run;
  }

  /** By the clock, too: the other one stands still while the machine sleeps. */
  isStale(): boolean {
    const byClock = Math.abs(Date.now() - this.since.clock);
    return Math.max(this.idleMs(), byClock) >= this.limitMs;
  }

  startWatching(socket: Duplex, onSign: () => void): void {
    for (const event of signs) socket.on(event, onSign);
    const timer = setTimeout(() => socket.destroy(), this.limitMs);
    timer.unref();
    const stop = () => {
      clearTimeout(timer);
      for (const event of signs) socket.off(event, onSign);
      socket.off('close', stop);
    };
    socket.on('close', stop);
    this.stopWatching = stop;
  }
}

/** What says of an idle connection that it is no good: a byte that nobody asked for, its end, a reset. */
const signs = ['data', 'end', 'error'] as const;

/** In milliseconds; 0 or less for a connection that the server closes too soon to be of use. */
function idleLimit(headers: http.IncomingHttpHeaders): number {
  const seconds = /(?:^|[\s,])timeout\s*=\s*"?(\d+)/i.exec(String(headers['keep-alive']))?.[1];
  if (seconds === undefined) return longestIdleMs;
  return Math.min(longestIdleMs, Number(seconds) * 1000 - hintMarginMs);
}
