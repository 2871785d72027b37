import type { TimeZone } from '../../functions/domain/time.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { EmailText } from '../components/email-text.tsx';
import { ErrorSummary } from '../components/error-summary.tsx';
import { TextField, type Errors } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInShort, type Timed } from '../words/when.ts';

export interface HandOverPageProps {
  readonly frame: Frame;
  readonly event: { readonly title: string; readonly timeZone: TimeZone };
  readonly registration: { readonly href: string; readonly sessions: readonly Timed[]; readonly rev: number };
  /** The colleague who was asked and has not said yes; null: nobody. */
  readonly offeredTo: string | null;
  /** As typed. */
  readonly email: string;
  readonly errors: Errors;
}

/** `/registrations/:id/hand-over`: offers the seat to a colleague, or takes the offer back. Posts `email` and `rev`, or `do`. */
export const HandOverPage = (props: HandOverPageProps) => {
  const { frame, event, registration, offeredTo, errors } = props;
  const title = offeredTo ? 'You offered your seat to a colleague' : 'Hand your seat to a colleague';
  return (
    <Layout frame={frame} title={`${title}: ${event.title}`} error={errors.length > 0} at="registrations">
      <div class="wrap">
        <a class="back" href={registration.href}>
          <Icon name="back" /> My registration
        </a>
        <h1>{title}</h1>
        <p class="lead">
          {event.title}, {daysInShort(registration.sessions, zoneFor(frame, event.timeZone))}
        </p>
        {offeredTo ? <Offered href={registration.href} to={offeredTo} /> : <Offer {...props} />}
      </div>
    </Layout>
  );
};

const Offered = ({ href, to }: { href: string; to: string }) => (
  <>
    <p class="confirm-means">
      We asked <EmailText email={to} strong /> by email. The seat is yours until they say yes, and theirs from that
      moment. Your calendar then clears itself.
    </p>
    <form class="button-row" method="post" action={`${href}/hand-over`}>
      <Button look="outline" name="do" value="take-back">
        Take the offer back
      </Button>
      <LinkButton href={href} look="text">
        Leave it as it is
      </LinkButton>
    </form>
  </>
);

const Offer = ({ registration, email, errors }: HandOverPageProps) => (
  <div class="narrow change-answers">
    <ErrorSummary errors={errors} to="offer your seat" />
    <p>
      We email your colleague, who signs in and says yes. Until then the seat is yours, and you can take the offer back.
      It works while nobody waits for a seat.
    </p>
    <form method="post" action={`${registration.href}/hand-over`} novalidate>
      <input type="hidden" name="rev" value={registration.rev} />
      <section class="form-section">
        <TextField
          path="email"
          label="Your colleague’s email address"
          hint="A work address that may attend this training"
          type="email"
          inputmode="email"
          value={email}
          errors={errors}
          autocomplete="off"
          maxlength={254}
        />
      </section>
      <div class="button-row">
        <Button big>Offer my seat</Button>
        <LinkButton href={registration.href} look="text">
          Keep my seat
        </LinkButton>
      </div>
    </form>
  </div>
);
