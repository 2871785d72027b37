import type * as z from 'zod';
import type { FieldError } from '../domain/result.ts';

/** Zod's issues as errors with paths, one for each field: `sessions.0.startsAt`. */
export const fieldErrors = (error: z.ZodError): FieldError[] => {
  const found = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'This field is not known here' }))
      : [{ path: issue.path.join('.'), message: issue.message.replace(/\.$/, '') }],
  );
  const first = new Map(found.toReversed().map((one) => [one.path, one]));
  return found.filter((one) => first.get(one.path) === one);
};
