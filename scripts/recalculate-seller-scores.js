// The name that the documents give the command. Needs Node 22.18 or newer; `npm run recalculate-aggregates` brings one.
import './recalculate-aggregates.ts';
