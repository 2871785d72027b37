import type { Colleagues } from '../../../functions/domain/colleague.ts';
import type { TimeZone } from '../../../functions/domain/time.ts';
import { LinkButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { peopleWords } from '../../words/colleagues.ts';
import { counted } from '../../words/when.ts';
import { HostForm, type HostValues } from './host-form.tsx';
import type { ReviewPageProps } from './review.tsx';

/** A host that people of this event come from and nobody has decided on. */
export interface HostToDecide {
  readonly host: string;
  readonly agency: string;
  /** What became of its people, at any event. */
  readonly colleagues: Colleagues;
  /** Names of those who wait now. */
  readonly waiting: readonly string[];
  readonly looksLike: string | null;
  readonly isOtherScript: boolean;
  readonly expired: boolean;
}

interface HostsProps extends ReviewPageProps {
  /** The first, with its form open. */
  readonly form: HostValues | null;
}

/** Hosts to decide on: one at a time, never with a person. */
export const ReviewHosts = ({ hosts, form, event, frame }: HostsProps) => {
  const [first, ...rest] = hosts;
  if (!first || !form) return null;
  return (
    <section class="review-group" aria-labelledby="hosts">
      <div class="review-head">
        <div>
          <h2 id="hosts">Email hosts to decide: {hosts.length}</h2>
          <p>
            One host at a time, never in bulk. Everybody on an exclusive host gets in without a check, so it needs
            evidence and an end.
          </p>
        </div>
        <div class="desk-acts">
          <a href="/staff/hosts">All hosts</a>
        </div>
      </div>
      <div class="panel panel-pad host-decision">
        <HostFacts host={first} zone={frame.zone} />
        <HostForm
          host={first.host}
          values={form}
          errors={[]}
          back={{ href: `${event.href}/review`, words: 'Not now' }}
          by={frame.name}
        />
      </div>
      {rest.length > 0 ? (
        <ul class="panel host-list">
          {rest.map((host) => (
            <li>
              <HostFacts host={host} zone={frame.zone} />
              <LinkButton
                href={`/staff/hosts/${host.host}?back=${encodeURIComponent(`${event.href}/review`)}`}
                look="outline"
              >
                Decide on {host.host}
              </LinkButton>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
};

const HostFacts = ({ host, zone }: { host: HostToDecide; zone: TimeZone }) => (
  <div>
    <h3>{host.host}</h3>
    {host.agency ? <p>{host.agency}, as people wrote it</p> : null}
    <ul class="host-facts">
      <li>
        <Icon name="people" size={16} />
        <span>{peopleWords(host.colleagues, zone)}</span>
      </li>
      <li>
        <Icon name="account" size={16} />
        <span>
          {host.waiting.length === 0
            ? 'Nobody waits now'
            : `${counted(host.waiting.length, 'person waits', 'people wait')} now: ${host.waiting.join(', ')}. This decision does not approve them`}
        </span>
      </li>
      <li>
        <Icon name={host.looksLike || host.isOtherScript ? 'error' : 'search'} size={16} />
        <span>
          {host.looksLike
            ? `Looks like ${host.looksLike}, a host we know, but is not`
            : host.isOtherScript
              ? 'It has letters of another script, so it can read like a name that we know'
              : 'Not close to any host we know'}
        </span>
      </li>
      {host.expired ? (
        <li>
          <Icon name="history" size={16} />
          <span>It was decided on once, and that has ended</span>
        </li>
      ) : null}
    </ul>
  </div>
);
