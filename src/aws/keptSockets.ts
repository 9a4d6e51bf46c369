import type http from 'node:http';
import type { Duplex } from 'node:stream';

/** How long a connection lies idle before it is closed from here: well before servers do, in milliseconds. */
export const longestIdleMs = 4000;

/** A limit that the server announces is shortened by this, so that it does not close just as an event is being sent. */
const hintMarginMs = 1000;

/** A server that closes a connection this soon after a response limits the requests of each connection. */
const soonMs = 1000;

/** How long that limit is assumed: perhaps the server was only restarted. */
const beliefMs = 60_000;

/**
 * Decides which connections of some agents may carry another request. An event that is sent just as the server closes
 * its connection has an unknown outcome, so connections are closed early: after 4 s without a request, a second before
 * the server's announced limit, or after as many responses as the server gave before it closed another one unannounced;
 * and at once when a byte arrives that does not belong to a response. A whole response that arrives only while the next
 * request is under way cannot be told from that request's own.
 */
export class KeptSockets {
  private readonly states = new WeakMap<object, SocketState>();
  private readonly agents: http.Agent[] = [];
  private answersBeforeEnd = Number.POSITIVE_INFINITY;
  private believedUntil = 0;

  /** Manages the idle connections of an agent that has `keepAlive` and serves one origin. */
  watch(agent: http.Agent): void {
    this.agents.push(agent);
    // Node would compare all options with every request, whole certificate bundles among them.
    agent.getName = () => 'origin';
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

  /** Whether the connection is one of these agents'. */
  owns(socket: Duplex): boolean {
    return this.agents.some(({ sockets }) =>
      Object.values(sockets).some((open) => open?.some((one) => one === socket)),
    );
  }

  /** Closes the connections that must not carry another request. To be called before each: timers may be late. */
  retire(): void {
    for (const agent of this.agents) {
      for (const socket of Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? [])) {
        if (!socket.writable || this.states.get(socket)?.isStale()) socket.destroy();
      }
    }
  }

  /** To be called for each response, before its body is read. */
  answered(socket: Duplex, headers: http.IncomingHttpHeaders): void {
    const { answers = 0 } = this.states.get(socket) ?? {};
    this.states.set(socket, new SocketState(answers + 1, idleLimit(headers)));
  }

  /** To be called when a request on a reused connection got no response. */
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

/** A connection since its last response. */
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

  /** By the wall clock, too: the other one may stand still while the machine sleeps. */
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

/** What makes an idle connection unusable: a stray byte, its end, a reset. */
const signs = ['data', 'end', 'error'] as const;

/**
 * How long a connection may lie idle after a response, in milliseconds; 0 or less when the server will close it too soon
 * for another request.
 */
export function idleLimit(headers: http.IncomingHttpHeaders): number {
  const seconds = /(?:^|[\s,])timeout\s*=\s*"?(\d+)/i.exec(String(headers['keep-alive']))?.[1];
  if (seconds === undefined) return longestIdleMs;
  return Math.min(longestIdleMs, Number(seconds) * 1000 - hintMarginMs);
}
