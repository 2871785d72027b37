import * as z from 'zod';
import { EventId, PersonId } from '../domain/ids.ts';
import { MessageKind } from '../domain/owed.ts';
import { Email } from '../domain/person.ts';
import { instantOf, InstantText } from '../domain/time.ts';
import type { MailReport } from '../usecases/note-returned.ts';

/** What SES writes to a topic when the destination is made; no event. */
const GREETING = 'Successfully validated SNS topic for Amazon SES event publishing.';

/** SES gives tags and addresses as lists; ours have one. */
const first = z.array(z.string()).transform(([one]) => one);

/** Tags of functions/mail/ses.ts. A code has none of these, and only its address is known. */
const Message = z.object({
  event: first.pipe(EventId),
  person: first.pipe(PersonId),
  rev: first.pipe(z.coerce.number<string | undefined>().int().min(1)),
  part: first.pipe(z.string()),
  kind: first.pipe(MessageKind),
});

const Mail = z.object({
  timestamp: InstantText,
  destination: first.pipe(Email),
  tags: Message.nullable().catch(null),
});

const recipients = z.array(z.looseObject({ diagnosticCode: z.string().optional() }));

/** The SES developer guide, "Examples of event data that Amazon SES publishes to Amazon SNS". */
const SesEvent = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Bounce'),
    mail: Mail,
    bounce: z.object({
      bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']),
      bouncedRecipients: recipients,
      timestamp: InstantText,
    }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail: Mail,
    complaint: z.object({ timestamp: InstantText }),
  }),
  z.object({
    eventType: z.literal('DeliveryDelay'),
    mail: Mail,
    deliveryDelay: z.object({ timestamp: InstantText, delayedRecipients: recipients }),
  }),
  z.object({ eventType: z.literal('Reject'), mail: Mail, reject: z.object({ reason: z.string() }) }),
]);

/** Nothing of ours reads these, whatever else a configuration set is made to tell. */
const Other = z.object({
  eventType: z.enum(['Send', 'Delivery', 'Open', 'Click', 'Rendering Failure', 'Subscription']),
});

const LONGEST_WHY = 300;
const words = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_WHY);

/**
 * Reads one message of the queue, as SES publishes events (by SNS, raw).
 * @returns null for what is no report of a message that came back
 * @throws when it is not of that shape
 */
export function reportOf(body: string): MailReport | null {
  if (body.startsWith(GREETING)) return null;
  const said = z.union([SesEvent, Other]).parse(JSON.parse(body));
  if (!('mail' in said)) return null;
  const { destination, tags, timestamp } = said.mail;
  const about = { email: destination, message: tags };
  switch (said.eventType) {
    case 'Bounce': {
      const { bounceType, bouncedRecipients } = said.bounce;
      return {
        ...about,
        how: bounceType === 'Permanent' ? 'bounced' : 'undelivered',
        why: words(bouncedRecipients[0]?.diagnosticCode ?? ''),
        at: instantOf(said.bounce.timestamp),
      };
    }
    case 'DeliveryDelay': {
      const { timestamp: at, delayedRecipients } = said.deliveryDelay;
      return {
        ...about,
        how: 'delayed',
        why: words(delayedRecipients[0]?.diagnosticCode ?? ''),
        at: instantOf(at),
      };
    }
    case 'Complaint':
      return { ...about, how: 'complained', why: '', at: instantOf(said.complaint.timestamp) };
    case 'Reject':
      return { ...about, how: 'refused', why: words(said.reject.reason), at: instantOf(timestamp) };
  }
}
