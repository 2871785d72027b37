import * as z from 'zod';
import { Email } from '../domain/person.ts';
import { instantOf, InstantText } from '../domain/time.ts';

const Moment = InstantText.transform(instantOf);

/** What operators may ask of the function `operator`. */
export const OperatorTask = z.discriminatedUnion('task', [
  z.strictObject({ task: z.literal('seed') }),
  z.strictObject({ task: z.literal('make-staff'), email: Email }),
  z.strictObject({ task: z.literal('hold') }),
  z.strictObject({ task: z.literal('release') }),
  z.strictObject({ task: z.literal('after-restore'), restoredTo: Moment, since: Moment.optional() }),
]);

/** What they may ask of the function `doctor`. The schedule sends fields of its own besides, and never `fix`. */
export const DoctorTask = z.object({ fix: z.boolean().default(false) });
