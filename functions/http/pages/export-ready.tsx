import { ExportReadyPage } from '../../../web/pages/trainer/export-ready.tsx';
import { isStaff } from '../../domain/actor.ts';
import { deskFrameOf, show, type PageContext } from './page.tsx';

/** The page that hands out a file too large for one answer. */
export const exportReady = (c: PageContext, file: { href: string; name: string; megabytes: number; back: string }) =>
  show(c, <ExportReadyPage frame={deskFrameOf(c)} desk={isStaff(c.var.desk.actor) ? 'staff' : 'trainer'} {...file} />);
