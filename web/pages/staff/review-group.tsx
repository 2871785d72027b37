import { localDay, shortDate, type Instant, type TimeZone } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { EmailText } from '../../components/email-text.tsx';
import { Icon } from '../../components/icon.tsx';
import { DataTable } from '../../components/table.tsx';
import { unbroken } from '../../words/when.ts';
import { DenyPanel } from './deny-panel.tsx';
import type { Applicant, ReviewPageProps } from './review.tsx';

interface GroupProps extends ReviewPageProps {
  readonly id: 'known' | 'unknown';
  readonly heading: string;
  readonly note: string;
  readonly people: readonly Applicant[];
  /** Its "Approve" is the page's filled button. */
  readonly filled: boolean;
  /** They can be asked for a sponsor. */
  readonly asks?: boolean;
}

/** One group of applicants, with what can be done to those ticked in it. */
export const ReviewGroup = (props: GroupProps) => {
  const { frame, event, people, id, denying } = props;
  const mine = denying ? people.filter((person) => denying.registrationIds.includes(person.registrationId)) : [];
  const last = mine.at(-1);
  return (
    <section class="review-group" aria-labelledby={id}>
      <div class="review-head">
        <div>
          <h2 id={id}>{props.heading}</h2>
          <p>{props.note}</p>
        </div>
        <div class="desk-acts">
          {props.asks ? (
            <Button form={`${id}-form`} name="do" value="ask-for-sponsor" look="outline" about={props.heading}>
              Ask for a sponsor or work email
            </Button>
          ) : null}
          <Button form={`${id}-form`} name="do" value="deny" look="danger" about={props.heading}>
            Deny selected
          </Button>
          <Button
            form={`${id}-form`}
            name="do"
            value="approve"
            look={props.filled ? 'filled' : 'outline'}
            about={props.heading}
          >
            Approve selected people
          </Button>
        </div>
      </div>
      <form id={`${id}-form`} method="post" action={`${event.href}/review`} />
      <div class="panel">
        <DataTable
          caption={props.heading}
          rows={people}
          look="table desk-table picks"
          columns={[
            { head: 'Select', hidden: true, cell: (person) => <Pick {...props} person={person} /> },
            {
              head: 'Person',
              cell: (person) => (
                <>
                  <strong class="name">{person.name || 'No name given'}</strong>
                  <br />
                  <span class="quiet">{person.title}</span>
                </>
              ),
            },
            { head: 'Agency they gave', cell: (person) => person.agency || 'Not given' },
            {
              head: 'Email and its host',
              cell: (person) => (
                <>
                  <EmailText email={person.email} />
                  <br />
                  <span class="quiet small">{person.hostNote}</span>
                </>
              ),
            },
            { head: 'What our own records say', cell: (person) => <Signals person={person} /> },
            {
              head: 'Why they want to come',
              labelled: true,
              cell: (person) => person.reason || <span class="quiet">Not said</span>,
            },
            {
              head: 'Session',
              labelled: true,
              cell: (person) => (
                <>
                  {unbroken(person.session) || 'All'}
                  {person.sessionFull ? (
                    <>
                      <br />
                      <span class="quiet small">full, waitlist</span>
                    </>
                  ) : null}
                </>
              ),
            },
            {
              head: 'Answer by',
              labelled: true,
              narrow: true,
              cell: (person) => <AnswerBy at={person.answerBy} now={frame.now} zone={frame.zone} />,
            },
          ]}
          below={(person) =>
            denying && person === last ? <DenyPanel event={event} denying={denying} people={mine} /> : null
          }
        />
      </div>
    </section>
  );
};

const Pick = ({ id, person, picked }: GroupProps & { person: Applicant }) => (
  <div class="usa-checkbox pick">
    <input
      class="usa-checkbox__input"
      type="checkbox"
      id={`pick-${person.registrationId}`}
      name="registration"
      value={person.registrationId}
      form={`${id}-form`}
      checked={picked.includes(person.registrationId)}
    />
    <label class="usa-checkbox__label" for={`pick-${person.registrationId}`}>
      <span class="usa-sr-only">Select {person.name || person.email}</span>
    </label>
  </div>
);

const Signals = ({ person }: { person: Applicant }) =>
  person.signals.length === 0 ? (
    <span class="quiet">Nothing yet</span>
  ) : (
    <ul class="signals">
      {person.signals.map((signal) => (
        <li class={`signal-${signal.tone}`}>
          <Icon name={signal.icon} size={16} />
          <span>{signal.words}</span>
        </li>
      ))}
    </ul>
  );

const AnswerBy = ({ at, now, zone }: { at: Instant; now: Instant; zone: TimeZone }) => {
  const day = localDay(at, zone);
  const today = localDay(now, zone);
  if (day === today) return <strong class="late">Today</strong>;
  const words = shortDate(at, zone);
  return day < today ? <strong class="late">{words}, late</strong> : <>{words}</>;
};
