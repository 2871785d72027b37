import type { Context } from 'aws-lambda';
import { deskOnAws } from '../compose/aws.ts';
import { log, workingOn } from '../compose/log.ts';
import { sweep } from '../usecases/sweep.ts';

const desk = await deskOnAws(process.env);

/** Every minute: seats that came free and changes on their way. The guarantee behind what is best effort. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  workingOn(context.awsRequestId);
  await sweep(desk);
  log({ what: 'swept' });
};
