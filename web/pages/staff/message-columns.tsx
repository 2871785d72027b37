import { EmailText } from '../../components/email-text.tsx';

interface MessageTo {
  readonly to: string;
  /** "Confirmation", "Change", "Cancellation". */
  readonly kind: string;
  readonly event: { readonly title: string; readonly href: string } | null;
}

/** How each table of messages begins: to whom, and which message about which event. */
export const TO_AND_MESSAGE = [
  { head: 'To', cell: ({ to }: MessageTo) => <EmailText email={to} /> },
  {
    head: 'Message',
    cell: ({ kind, event }: MessageTo) => (
      <>
        <strong>{kind}</strong>
        {event ? (
          <>
            <br />
            <a href={`${event.href}/roster`}>{event.title}</a>
          </>
        ) : null}
      </>
    ),
  },
];
