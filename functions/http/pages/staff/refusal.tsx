import type { Refusal } from '../../../domain/result.ts';
import { DeskProblemPage } from '../../../../web/pages/desk-problem.tsx';
import { deskFrameOf, showRefusal, type PageContext } from '../page.tsx';

/** A refusal to staff or a trainer, under their own bar; others are told as participants are, with no trace of a desk. */
export function showDeskRefusal(c: PageContext, refusal: Refusal): Promise<Response> {
  const { role } = c.var.desk.actor;
  if (role !== 'staff' && role !== 'trainer') return showRefusal(c, refusal);
  const desk = role === 'staff' && !c.req.path.startsWith('/trainer') ? 'staff' : 'trainer';
  return showRefusal(c, refusal, (problem) => <DeskProblemPage frame={deskFrameOf(c)} desk={desk} problem={problem} />);
}
