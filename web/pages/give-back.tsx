import type { StandingStatus } from '../../functions/domain/registration.ts';
import type { TimeZone } from '../../functions/domain/time.ts';
import { Button, LinkButton } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Layout } from '../components/layout.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { daysInShort, type Timed } from '../words/when.ts';

export interface GiveBackPageProps {
  readonly frame: Frame;
  readonly event: { readonly title: string; readonly timeZone: TimeZone };
  readonly registration: {
    readonly href: string;
    readonly status: StandingStatus;
    readonly sessions: readonly Timed[];
  };
}

const WORDS = {
  confirmed: {
    title: 'Give your seat back?',
    means:
      'The next person waiting has it at once, and your calendar clears itself. If you register again, you may have to wait.',
    press: 'Give my seat back',
    keep: 'Keep my seat',
  },
  waitlisted: {
    title: 'Leave the waitlist?',
    means: 'Your place ends. If you come back later, you start at the end.',
    press: 'Leave the waitlist',
    keep: 'Keep my place',
  },
  pending: {
    title: 'Withdraw your application?',
    means: 'The check ends. Nobody is told except the training desk. You can apply again later.',
    press: 'Withdraw my application',
    keep: 'Keep my application',
  },
} as const;

/** `/registrations/:id/give-back`: the act that gives something up has a page of its own. Posts to itself. */
export const GiveBackPage = ({ frame, event, registration }: GiveBackPageProps) => {
  const words = WORDS[registration.status];
  return (
    <Layout frame={frame} title={words.title} at="registrations">
      <div class="wrap">
        <a class="back" href={registration.href}>
          <Icon name="back" /> My registration
        </a>
        <h1>{words.title}</h1>
        <p class="lead">
          {event.title}, {daysInShort(registration.sessions, zoneFor(frame, event.timeZone))}
        </p>
        <p class="confirm-means">{words.means}</p>
        <form class="button-row" method="post" action={`${registration.href}/give-back`}>
          <LinkButton href={registration.href} look="outline">
            {words.keep}
          </LinkButton>
          <Button look="danger">{words.press}</Button>
        </form>
      </div>
    </Layout>
  );
};
