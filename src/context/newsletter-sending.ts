import type { Mailer } from '../adapters/mail/mailer';
import { LetterWriter } from '../domain/newsletter/letter/letter';
import { WriteIssueService } from '../domain/newsletter/letter/write-issue.service';
import { SendNewsletterService } from '../domain/newsletter/sending/send-newsletter.service';
import type { SharedContext } from './shared';

/** A server that said "later" is asked again after so many of the pauses between a job's tries. */
const PAUSES_OF_JOBS = 30;

export function createNewsletterSending(shared: SharedContext, mailer: Mailer | null): SendNewsletterService {
  const { clock, config, database, logger } = shared;
  const { publicUrl, mail, jobs } = config;
  const { prisma, pool } = database;
  const writer = new LetterWriter({ publicUrl, sender: mail?.from.name ?? '', contact: mail?.contact ?? '' });
  return new SendNewsletterService({
    prisma,
    pool,
    mailer,
    writer,
    writing: new WriteIssueService({ writer, clock }),
    publicUrl,
    domain: mail?.from.address.split('@')[1] ?? '',
    clock,
    logger,
    pauseMs: jobs.backoffSeconds * 1000 * PAUSES_OF_JOBS,
  });
}
