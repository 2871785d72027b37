import type * as z from 'zod';
import type { FieldError } from '../domain/result.ts';

/** Zod's issues as errors with paths, one a field: `sessions.0.startsAt`. */
export const fieldErrors = (error: z.ZodError): FieldError[] => {
  const found = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'This field is not known here' }))
      : [{ path: issue.path.join('.'), message: issue.message.replace(/\.$/, '') }],
  );
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
};
