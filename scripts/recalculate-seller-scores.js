// The founding documents' name of the command. Needs Node 22.18 or newer; `npm run recalculate-aggregates` installs one.
import './recalculate-aggregates.ts';
