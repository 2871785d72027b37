/** Why the desk cannot start or go on, in one sentence for the person at the terminal; shown without a stack. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The sentence for the terminal: a `Refused` as it is, anything else with its stack, since it is a mistake of ours. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Refused) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
