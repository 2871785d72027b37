import * as z from 'zod';

/** How a message is kept and what the API answers. */
export const mailSchema = z.object({
  id: z.string(),
  /** When it came, ISO 8601 in UTC. */
  time: z.string(),
  /** The addresses of the envelope: who it really goes to. */
  to: z.array(z.string()),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** The text/calendar part; empty without one. */
  calendar: z.string(),
});

/** A message that came in. */
export type Mail = z.infer<typeof mailSchema>;
