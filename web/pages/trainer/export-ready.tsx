import { LinkButton } from '../../components/button.tsx';
import { DeskHead, DeskLayout } from '../../components/desk-layout.tsx';
import type { DeskFrame } from '../../frame.ts';

export interface ExportReadyPageProps {
  readonly frame: DeskFrame;
  readonly desk: 'staff' | 'trainer';
  /** Works for five minutes. */
  readonly href: string;
  readonly name: string;
  readonly megabytes: number;
  /** The list that it is made from. */
  readonly back: string;
}

/** What `/api/events/:id/roster.csv` shows a browser when the list is too large for one answer. */
export const ExportReadyPage = ({ frame, desk, href, name, megabytes, back }: ExportReadyPageProps) => (
  <DeskLayout frame={frame} desk={desk} title="Your file is ready" at={desk === 'staff' ? 'events' : 'trainings'}>
    <DeskHead title="Your file is ready" crumb={{ href: back, words: 'The list' }} />
    <section class="panel panel-pad">
      <p>
        <strong>{name}</strong>, {megabytes} MB.
      </p>
      <div class="button-row">
        <LinkButton href={href}>Download CSV</LinkButton>
      </div>
      <p class="quiet small">
        The link works for five minutes and for whoever has it, so don’t pass it on. After that, export the list again.
      </p>
    </section>
  </DeskLayout>
);
