import { clockWithZone, dateWithoutYear, ordinal } from '../../functions/domain/time.ts';
import { LinkButton, NamedLink } from '../components/button.tsx';
import { DateBlock } from '../components/date-block.tsx';
import { Icon } from '../components/icon.tsx';
import { zoneFor, type Frame } from '../frame.ts';
import { counted, daysInShort, whenOf } from '../words/when.ts';
import { inTwoZones } from '../../functions/domain/time.ts';
import type { MyItem } from './my-registrations.tsx';

interface CardProps {
  item: MyItem;
  frame: Frame;
  /** The next by date: its join state gets a bar of its own. */
  next: boolean;
}

/** One registration that stands. */
export const MyCard = (props: CardProps) => {
  const { item, frame, next } = props;
  const zone = zoneFor(frame, item.timeZone);
  const coming = item.sessions.find((session) => session.endsAt > frame.now && session.joinHref);
  return (
    <article class={`card${next ? ' card-next' : ''}`}>
      <div class="card-main">
        <DateBlock
          sessions={item.sessions}
          zone={zone}
          size="card"
          tone={item.status === 'confirmed' ? 'sure' : 'unsure'}
        />
        <div>
          <h3>
            <a class="plain-link" href={item.href}>
              {item.title}
            </a>
          </h3>
          <CardTimes {...props} />
          <CardState {...props} />
          {coming?.joinHref && !next ? (
            <p class="icon-line">
              <Icon name="lockOutline" />
              <span>
                {joinWords(coming.joinOpensAt <= frame.now, coming.joinOpensAt, zone)}.{' '}
                <NamedLink href={coming.joinHref} about={aboutOf(item, frame)}>
                  Open my join page
                </NamedLink>
              </span>
            </p>
          ) : null}
        </div>
      </div>
      {coming?.joinHref && next ? (
        <div class="card-join">
          <p>
            <Icon name="lockOutline" />{' '}
            <strong>{joinWords(coming.joinOpensAt <= frame.now, coming.joinOpensAt, zone)}</strong>
          </p>
          <LinkButton href={coming.joinHref} look="outline" about={aboutOf(item, frame)}>
            Open my join page
          </LinkButton>
        </div>
      ) : null}
      <p class="card-links">
        {linksOf(item).map((link) => (
          <NamedLink href={link.href} about={aboutOf(item, frame)}>
            {link.words}
          </NamedLink>
        ))}
      </p>
    </article>
  );
};

const aboutOf = (item: MyItem, frame: Frame): string =>
  `${item.title}, ${daysInShort(item.sessions, zoneFor(frame, item.timeZone))}`;

function joinWords(
  open: boolean,
  at: MyItem['sessions'][number]['joinOpensAt'],
  zone: ReturnType<typeof zoneFor>,
): string {
  return open ? 'You can join now' : `Join opens ${dateWithoutYear(at, zone)}, at ${clockWithZone(at, zone)}`;
}

const CardTimes = ({ item, frame }: CardProps) => {
  const zone = zoneFor(frame, item.timeZone);
  const [only, more] = item.sessions;
  const times =
    only && !more
      ? inTwoZones(only.startsAt, only.endsAt, zone, item.timeZone)
      : whenOf(item.sessions, 'any', zone, item.timeZone);
  return (
    <p>
      <strong>{times.own}</strong>
      {times.event ? <span class="quiet"> ({times.event})</span> : null}
      {more ? `, ${counted(item.sessions.length, 'session')}` : null}
    </p>
  );
};

const CardState = ({ item, frame }: CardProps) => {
  if (item.status === 'confirmed') return null;
  if (item.status === 'waitlisted')
    return (
      <p class="icon-line">
        <Icon name="people" />
        <span>
          <strong>{item.position ? `You are ${ordinal(item.position)} on the waitlist.` : 'You are in line.'}</strong>{' '}
          If a seat frees up for you, it is yours at once and we email you.
        </span>
      </p>
    );
  return (
    <p class="icon-line">
      <Icon name="clock" />
      <span>
        <strong>A person is checking.</strong>{' '}
        {item.answerBy
          ? `You hear from us by ${dateWithoutYear(item.answerBy, zoneFor(frame, item.timeZone))}. `
          : null}
        You don’t hold a seat yet.
      </span>
    </p>
  );
};

function linksOf(item: MyItem): { href: string; words: string }[] {
  const another = item.hasOtherSittings ? [{ href: `${item.href}/session`, words: 'Change session' }] : [];
  const sessions =
    item.sessionChoice === 'any' ? [{ href: `${item.eventHref}/agenda`, words: 'Change sessions' }] : another;
  const answers = { href: `${item.href}/answers`, words: 'Change answers' };
  const end = (words: string) => ({ href: `${item.href}/give-back`, words });
  if (item.status === 'confirmed')
    return [...sessions, answers, { href: `${item.href}/hand-over`, words: 'Hand over' }, end('Give seat back')];
  const what = { href: item.href, words: 'What happens next' };
  return item.status === 'waitlisted'
    ? [what, ...sessions, answers, end('Leave the waitlist')]
    : [what, ...sessions, answers, end('Withdraw')];
}
