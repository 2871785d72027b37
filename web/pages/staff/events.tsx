import type { TrainingEvent } from '../../../functions/domain/event.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import type { Option } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import type { DeskFrame } from '../../frame.ts';
import { counted } from '../../words/when.ts';
import { EventsTable, type StaffEventRow } from './events-table.tsx';

export interface EventsPageProps {
  readonly frame: DeskFrame;
  readonly events: readonly StaffEventRow[];
  /** Program ids and names. */
  readonly programs: readonly Option[];
  readonly chosen: {
    readonly program: string;
    readonly status: '' | TrainingEvent['status'];
    readonly from: 'now' | 'all';
  };
  /** The address of the next page, or null. */
  readonly nextHref: string | null;
}

const STATUSES: readonly Option[] = [
  { value: '', label: 'Any' },
  { value: 'draft', label: 'Draft' },
  { value: 'published', label: 'Published' },
  { value: 'cancelled', label: 'Canceled' },
];
const FROM: readonly Option[] = [
  { value: 'now', label: 'From today on' },
  { value: 'all', label: 'Past ones too' },
];

/** `/staff/events`: all of them, drafts too. The filters are in the address: `program`, `status`, `from`. */
export const EventsPage = ({ frame, events, programs, chosen, nextHref }: EventsPageProps) => (
  <DeskLayout frame={frame} desk="staff" title="Events" at="events">
    <DeskHead title="Events">
      <LinkButton href="/staff/events/new">
        <Icon name="add" /> New event
      </LinkButton>
    </DeskHead>
    <form class="filter-bar" method="get" action="/staff/events">
      <Filter
        id="program"
        label="Program"
        value={chosen.program}
        options={[{ value: '', label: 'Any' }, ...programs]}
      />
      <Filter id="status" label="Status" value={chosen.status} options={STATUSES} />
      <Filter id="from" label="When" value={chosen.from} options={FROM} />
      <Button look="outline">Show</Button>
    </form>
    <section class="panel">
      <div class="panel-head">
        <h2>
          {events.length === 0 ? 'No events' : `${counted(events.length, 'event')}${nextHref ? ' on this page' : ''}`}
        </h2>
      </div>
      {events.length === 0 ? (
        <p class="panel-empty">
          Nothing has this program, status and time. <a href="/staff/events?from=all">Show every event</a>
        </p>
      ) : (
        <EventsTable caption="Events" events={events} frame={frame} program />
      )}
      {nextHref ? (
        <div class="pager">
          <LinkButton href={nextHref} look="outline">
            Show the next
          </LinkButton>
        </div>
      ) : null}
    </section>
  </DeskLayout>
);

const Filter = (props: { id: string; label: string; value: string; options: readonly Option[] }) => (
  <div>
    <label class="usa-label" for={props.id}>
      {props.label}
    </label>
    <select class="usa-select" id={props.id} name={props.id} autocomplete="off">
      {props.options.map((option) => (
        <option value={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
);
