import type { TrainingEvent } from '../../../functions/domain/event.ts';
import { clockWithZone, localDay, monthDay, type Instant } from '../../../functions/domain/time.ts';
import { Button } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import type { Errors, Option } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { StateTag } from '../../components/tag.tsx';
import type { DeskFrame } from '../../frame.ts';
import { atFields, SECTIONS, type EditorValues } from './editor-values.ts';
import { EditorBasics, EditorPeople, EditorRegistration, EditorTrainers } from './editor-fields.tsx';
import { EditorPanel } from './editor-panel.tsx';
import { EditorQuestions } from './editor-questions.tsx';
import { EditorSeats, type SeatsChange } from './editor-seats.tsx';
import { EditorSessions } from './editor-sessions.tsx';

/** One thing to know before publishing; `path` is the field (of the domain or of the form) that mends it. */
export interface PublishCheck {
  readonly state: 'good' | 'wrong' | 'later';
  readonly words: string;
  readonly path: string | null;
}

export interface EditorPageProps {
  readonly frame: DeskFrame;
  /** Null while it was never saved. */
  readonly event: {
    /** `/staff/events/:id` */
    readonly href: string;
    readonly publicHref: string;
    readonly title: string;
    readonly status: TrainingEvent['status'];
    /** The ETag that was read; sent back as `rev`. */
    readonly rev: string;
    readonly savedAt: Instant;
    readonly savedBy: string;
    /** People whom a change reaches by mail. */
    readonly registered: number;
  } | null;
  readonly values: EditorValues;
  readonly programs: readonly Option[];
  /** Trainers the desk knows: address and name. */
  readonly trainers: readonly Option[];
  /** Ids of sessions whose meeting link is saved: it is in no page. */
  readonly linked: readonly string[];
  readonly checks: readonly PublishCheck[];
  /** What was tried and failed. */
  readonly tried: 'save' | 'publish';
  readonly errors: Errors;
  /** What another number of seats will do, said before it is saved; empty where nobody is concerned. */
  readonly seatsChanges: readonly SeatsChange[];
}

/**
 * `/staff/events/new` and `/staff/events/:id/edit`. Posts to itself with the form and `do`: `save`, `publish`,
 * `add-session`, `remove-session-<n>`, `add-question`, `remove-question-<n>`.
 */
export const EditorPage = (props: EditorPageProps) => {
  const { frame, event, values } = props;
  const errors = atFields(props.errors);
  const title = event?.title ?? 'New event';
  return (
    <DeskLayout
      frame={frame}
      desk="staff"
      title={event ? `Edit ${title}` : title}
      error={errors.length > 0}
      at="events"
    >
      <DeskHead title={title} crumb={{ href: '/staff/events', words: 'Events' }} below={<Saved {...props} />} />
      <form
        class="editor"
        id="editor"
        method="post"
        action={event ? `${event.href}/edit` : '/staff/events/new'}
        novalidate
      >
        <button type="submit" name="do" value="save" hidden tabindex={-1}>
          Save
        </button>
        {event ? <input type="hidden" name="rev" value={event.rev} /> : null}
        <nav class="editor-nav" aria-label="Parts of the event">
          <ul>
            {SECTIONS.map((section) => (
              <li>
                <a href={`#${section.id}`}>
                  <SectionIcon wrong={errors.some((error) => section.holds.test(error.path))} />
                  {section.words}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="editor-main">
          <ErrorSummary
            errors={errors}
            to={props.tried === 'publish' ? 'publish' : 'save'}
            rest="Everything you typed is still here."
          />
          {props.seatsChanges.length > 0 ? <EditorSeats changes={props.seatsChanges} values={values} /> : null}
          <EditorBasics values={values} programs={props.programs} errors={errors} />
          <EditorSessions values={values} linked={props.linked} errors={errors} />
          <EditorPeople values={values} errors={errors} published={event?.status === 'published'} />
          <EditorRegistration values={values} errors={errors} />
          <EditorQuestions values={values} errors={errors} />
          <EditorTrainers values={values} trainers={props.trainers} errors={errors} />
          <div class="button-row">
            <Button name="do" value="save" look="outline">
              {event?.status === 'published' ? 'Save changes' : 'Save draft'}
              <span class="usa-sr-only"> (end of form)</span>
            </Button>
          </div>
        </div>
        <EditorPanel {...props} />
      </form>
    </DeskLayout>
  );
};

const SectionIcon = ({ wrong }: { wrong: boolean }) =>
  wrong ? (
    <>
      <span class="late">
        <Icon name="error" />
      </span>
      <span class="usa-sr-only">To fix: </span>
    </>
  ) : (
    <Icon name="circle" />
  );

const Saved = ({ event, frame }: EditorPageProps) => {
  if (!event)
    return (
      <>
        <StateTag tone="quiet">Draft</StateTag> Not saved yet.
      </>
    );
  const today = localDay(event.savedAt, frame.zone) === localDay(frame.now, frame.zone);
  const when = `${today ? 'today' : `on ${monthDay(event.savedAt, frame.zone)}`} at ${clockWithZone(event.savedAt, frame.zone)}`;
  const by = `Saved ${when} by ${event.savedBy}.`;
  if (event.status === 'draft')
    return (
      <>
        <StateTag tone="quiet">Draft</StateTag> {by} Nobody outside the desk can see it.
      </>
    );
  return (
    <>
      <StateTag tone={event.status === 'published' ? 'good' : 'quiet'}>
        {event.status === 'published' ? 'Published' : 'Canceled'}
      </StateTag>{' '}
      {by}
    </>
  );
};
