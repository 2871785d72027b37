/** Does on one machine what streams and schedules do on AWS: calls the same functions, over and over. */
export interface Pump {
  /** Something may wait to be delivered: look at once, not at the next turn. */
  nudge(): void;
  /** Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

export interface PumpWork {
  /** Sends what is due and answers how many; asked again at once while that is more than none. */
  deliver(): Promise<number>;
  /** Finds what was missed and plays the schedules. */
  sweep(): Promise<void>;
  /** Told about a failure, without anything personal; the work goes on at the next turn. */
  failed(what: 'deliver' | 'sweep', error: unknown): void;
}

const EVERY_MS = 1_000;

/** Starts both kinds of work, each every second; the same kind never runs twice at once. */
export function startPump(work: PumpWork, everyMs = EVERY_MS): Pump {
  const delivery = repeat(
    async () => work.deliver(),
    (error) => work.failed('deliver', error),
    everyMs,
  );
  const sweep = repeat(
    async () => {
      await work.sweep();
      return 0;
    },
    (error) => work.failed('sweep', error),
    everyMs,
  );
  return {
    nudge: () => delivery.nudge(),
    stop: async () => {
      await Promise.all([delivery.stop(), sweep.stop()]);
    },
  };
}

function repeat(turn: () => Promise<number>, failed: (error: unknown) => void, everyMs: number): Pump {
  const state = { again: false, stopped: false };
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    do {
      state.again = false;
      try {
        if ((await turn()) > 0) state.again = true;
      } catch (error) {
        failed(error);
        state.again = false;
      }
    } while (state.again && !state.stopped);
    running = null;
  };
  const nudge = (): void => {
    state.again = true;
    if (!state.stopped) running ??= run();
  };
  const timer = setInterval(nudge, everyMs);
  return {
    nudge,
    stop: async () => {
      state.stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** What may be written of a failure: its kind, never its message, which may name a person. */
export function kindOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
