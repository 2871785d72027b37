import type { DynamoDBStreamHandler } from 'aws-lambda';
import { senderOnAws } from '../compose/aws-mail.ts';
import { log } from '../compose/log.ts';
import { deliverOutbox } from '../usecases/deliver-outbox.ts';

const desk = await senderOnAws(process.env);

/** Sends messages within seconds of the change that owes them: the table's stream brings the entries of the outbox. */
export const handler: DynamoDBStreamHandler = async () => {
  log({ what: 'delivered', count: await deliverOutbox(desk) });
};
