import { Button, LinkButton } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { TextArea, type Errors } from '../../components/field.tsx';
import type { DeskFrame } from '../../frame.ts';
import { people } from '../../words/when.ts';

export interface CancelEventPageProps {
  readonly frame: DeskFrame;
  readonly event: { readonly href: string; readonly title: string; readonly day: string };
  /** Confirmed, waiting and being checked: everybody who is told. */
  readonly registered: number;
  readonly reason: string;
  readonly errors: Errors;
}

/** `/staff/events/:id/cancel`: the reason that reaches everybody. Posts `reason` to itself. */
export const CancelEventPage = ({ frame, event, registered, reason, errors }: CancelEventPageProps) => (
  <DeskLayout frame={frame} desk="staff" title={`Cancel ${event.title}`} error={errors.length > 0} at="events">
    <DeskHead
      title="Cancel this event?"
      crumb={{ href: `${event.href}/edit`, words: 'Edit event' }}
      below={`${event.title}, ${event.day}`}
    />
    <div class="narrow">
      <ErrorSummary errors={errors} to="cancel the event" rest="Nothing was canceled." />
      <p>
        {registered > 0
          ? `${people(registered)} get an email with your reason, and their calendars clear themselves. This can’t be undone.`
          : 'Nobody is registered, so nobody is emailed. This can’t be undone.'}
      </p>
      <form method="post" action={`${event.href}/cancel`} novalidate>
        <TextArea
          path="reason"
          label="Why is it canceled?"
          hint="A sentence for the email and the page. Leave out names and case details."
          value={reason}
          errors={errors}
          maxlength={500}
        />
        <div class="button-row">
          <LinkButton href={`${event.href}/edit`} look="outline">
            Keep the event
          </LinkButton>
          <Button look="danger">
            {registered > 0 ? `Cancel the event and email ${people(registered)}` : 'Cancel the event'}
          </Button>
        </div>
      </form>
    </div>
  </DeskLayout>
);
