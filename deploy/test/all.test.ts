// One file for jest: loading the CDK and synthesising take longer than all that is asked.
import './network.promises';
import './data.promises';
import './services.promises';
import './production-start.promises';
import './deploy-role.promises';
import './alarms.promises';
import './synth.promises';
