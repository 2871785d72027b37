import {
  dateWithoutYear,
  durationWords,
  MINUTE,
  momentOf,
  TimeZone,
  zoneName,
} from '../../../functions/domain/time.ts';
import { SelectField, TextField, type Errors, type Option } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { zoneOptions } from '../../components/zone-form.tsx';
import { idOf } from '../../words/paths.ts';
import type { EditorValues, SessionValues } from './editor-values.ts';

const CHOICES: readonly Option[] = [
  { value: 'all', label: 'All sessions' },
  { value: 'one', label: 'One session' },
  { value: 'any', label: 'Any they choose' },
];
const LENGTHS = [30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 360, 420, 480];

interface SessionsProps {
  values: EditorValues;
  /** Sessions whose meeting link is saved. */
  linked: readonly string[];
  errors: Errors;
}

/** The sessions: blocks of time, each with its own join link. */
export const EditorSessions = ({ values, linked, errors }: SessionsProps) => {
  const zone = TimeZone.safeParse(values.timeZone);
  return (
    <section class="editor-part" id="sessions">
      <h2>Sessions</h2>
      <p class="part-note">
        Typed in {zone.success ? zoneName(zone.data) : 'the event’s zone'}. People see their own time first.
      </p>
      <div class="field-pair">
        <SelectField
          path="timeZone"
          label="The event’s time zone"
          value={values.timeZone}
          options={zoneOptions(values.timeZone)}
          errors={errors}
        />
        <SelectField
          path="sessionChoice"
          label="People take"
          value={values.sessionChoice}
          options={CHOICES}
          errors={errors}
        />
      </div>
      {values.sessions.map((session, index) => (
        <SessionBlock
          session={session}
          index={index}
          zone={zone.success ? zone.data : null}
          linked={linked.includes(session.id)}
          pickedAlone={values.sessionChoice === 'one'}
          removable={values.sessions.length > 1}
          errors={errors}
        />
      ))}
      <button
        class="usa-button usa-button--outline part-add"
        type="submit"
        name="do"
        value="add-session"
        formaction={`#${idOf(`sessions.${values.sessions.length}.title`)}`}
      >
        <Icon name="add" /> Add a session
      </button>
    </section>
  );
};

interface BlockProps {
  /** The meeting's own link is saved; no page shows it, this one neither. */
  linked: boolean;
  session: SessionValues;
  index: number;
  zone: TimeZone | null;
  removable: boolean;
  /** People take one session, so that each can have seats of its own. */
  pickedAlone: boolean;
  errors: Errors;
}

const SessionBlock = ({ session, index, zone, linked, removable, pickedAlone, errors }: BlockProps) => {
  const path = `sessions.${index}`;
  const wrong = errors.some((error) => error.path.startsWith(`${path}.`));
  const day = zone ? momentOf(session.date, '12:00', zone) : null;
  const name = `Session ${index + 1}${day?.kind === 'at' && zone ? `: ${dateWithoutYear(day.at, zone)}` : ''}`;
  return (
    <fieldset class={`usa-fieldset block${wrong ? ' block-wrong' : ''}`}>
      <legend>{name}</legend>
      <input type="hidden" name={`${path}.id`} value={session.id} />
      <TextField path={`${path}.title`} label="Title" value={session.title} errors={errors} maxlength={160} />
      <div class="field-three">
        <TextField path={`${path}.date`} label="Date" type="date" value={session.date} errors={errors} />
        <TextField path={`${path}.start`} label="Starts" type="time" value={session.start} errors={errors} />
        <SelectField
          path={`${path}.length`}
          label="Length"
          value={session.length}
          options={lengths(session.length)}
          errors={errors}
        />
      </div>
      <TextField
        path={`${path}.joinUrl`}
        label="Join link of the meeting"
        hint={
          linked
            ? 'A link is saved. Nobody sees it: people get a link of their own that leads to it. Type another to replace it.'
            : 'Nobody sees it: people get a link of their own that leads to it. It can wait until shortly before the start.'
        }
        optional
        type="url"
        value={session.joinUrl}
        errors={errors}
        maxlength={1000}
      />
      <div class="field-pair">
        <TextField
          path={`${path}.location`}
          label="Place or meeting tool"
          hint="Such as Microsoft Teams"
          optional
          value={session.location}
          errors={errors}
          maxlength={160}
        />
        <TextField
          path={`${path}.track`}
          label="Track"
          hint="Where sessions run side by side"
          optional
          value={session.track}
          errors={errors}
          maxlength={60}
        />
      </div>
      {pickedAlone || session.capacity !== '' ? (
        <TextField
          path={`${path}.capacity`}
          label="Seats in this session"
          hint="Where people take one session. Empty: the event’s number"
          optional
          value={session.capacity}
          errors={errors}
          inputmode="numeric"
          width="short"
        />
      ) : null}
      {removable ? (
        <button
          class="linkbutton block-remove"
          type="submit"
          name="do"
          value={`remove-session-${index}`}
          formaction="#sessions"
        >
          Remove<span class="usa-sr-only"> session {index + 1}</span>
        </button>
      ) : null}
    </fieldset>
  );
};

function lengths(own: string): Option[] {
  const minutes = Number(own);
  const all = LENGTHS.includes(minutes) || !(minutes > 0) ? LENGTHS : [...LENGTHS, minutes].toSorted((a, b) => a - b);
  return all.map((length) => ({ value: String(length), label: durationWords(length * MINUTE) }));
}
