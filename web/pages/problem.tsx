import { Layout } from '../components/layout.tsx';
import { ProblemBody, problemWords, type Problem } from '../components/problem.tsx';
import type { Frame } from '../frame.ts';

export interface ProblemPageProps {
  readonly frame: Frame;
  readonly problem: Problem;
}

/** The page of a 400, 403, 404, 409, 410, 429 or 500 for participants and visitors. */
export const ProblemPage = ({ frame, problem }: ProblemPageProps) => (
  <Layout frame={frame} title={problemWords(problem).title}>
    <div class="wrap">
      <ProblemBody problem={problem} email={frame.site.email} home={{ href: '/', words: 'See upcoming trainings' }} />
    </div>
  </Layout>
);
