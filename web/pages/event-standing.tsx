import { dateWithoutYear, type TimeZone } from '../../functions/domain/time.ts';
import { EmailText } from '../components/email-text.tsx';
import { TicketLine } from '../components/ticket.tsx';
import { eventWord } from '../words/kind.ts';
import { reviewTimesWords, soonWords, STILL, whyQualifies, whyReview } from '../words/standing.ts';
import type { EventPageProps } from './event.tsx';

/** Below the ticket: whether this address can attend, said before anything is filled in. */
export const StandingLine = ({ event, standing, reviews, frame, zone }: EventPageProps & { zone: TimeZone }) => {
  const back = encodeURIComponent(frame.path);
  const change = <a href={`/sign-in?return=${back}`}>Change address</a>;
  switch (standing.kind) {
    case 'signed-out':
      return (
        <TicketLine tone="paper" icon="account">
          <strong>You sign in first.</strong> There is no password: we email you a code. Your address tells us what you
          can attend.
        </TicketLine>
      );
    case 'qualifies':
      return (
        <TicketLine tone="good" icon="checkCircle">
          <strong>You can attend.</strong> You are signed in as <EmailText email={standing.email} />.{' '}
          {whyQualifies(standing)} {change}
        </TicketLine>
      );
    case 'not':
      return (
        <TicketLine tone="quiet" icon="info">
          <strong>You can’t attend this one.</strong> It is for {audienceWords(event.group)} only. You are signed in as{' '}
          <EmailText email={standing.email} />. {change}
        </TicketLine>
      );
    case 'review':
      return (
        <>
          <TicketLine tone="checked" icon="clock">
            <p>
              <strong>A person checks this address first.</strong> You are signed in as{' '}
              <EmailText email={standing.email} />. {whyReview(standing)} {change}
            </p>
            {standing.soon === null ? (
              <p>
                {reviews ? <strong>{reviewTimesWords(reviews)} </strong> : null}
                If you apply today, you hear from us by {dateWithoutYear(standing.answerBy, zone)}.
              </p>
            ) : null}
          </TicketLine>
          {standing.soon === null ? null : (
            <TicketLine tone="soon" icon="warning">
              <p>
                <strong>{soonWords(eventWord(event), standing.soon)}</strong>
              </p>
              <p>{STILL}</p>
            </TicketLine>
          )}
        </>
      );
  }
};

const AUDIENCE = {
  public: 'people we invite',
  'law-enforcement': 'law enforcement',
  dhs: 'DHS employees',
  hsi: 'HSI special agents',
} as const;
const audienceWords = (group: keyof typeof AUDIENCE): string => AUDIENCE[group];
