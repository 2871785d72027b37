import { DeskLayout } from '../components/desk-layout.tsx';
import { ProblemBody, problemWords, type Problem } from '../components/problem.tsx';
import type { DeskFrame } from '../frame.ts';

export interface DeskProblemPageProps {
  readonly frame: DeskFrame;
  readonly desk: 'staff' | 'trainer';
  readonly problem: Problem;
}

/** The page of a 400, 403, 404, 409, 410, 429 or 500 for staff and trainers, under their own bar. */
export const DeskProblemPage = ({ frame, desk, problem }: DeskProblemPageProps) => (
  <DeskLayout frame={frame} desk={desk} title={problemWords(problem).title}>
    <ProblemBody
      problem={problem}
      email={frame.site.email}
      home={
        desk === 'staff' ? { href: '/staff', words: 'Go to Today' } : { href: '/trainer', words: 'Go to My trainings' }
      }
    />
  </DeskLayout>
);
