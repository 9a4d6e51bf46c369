// What the extension host loads with the first payload that has a target.
export { targetAtPace } from './targets';
export { readTargets } from './targetsReading';
