// The page's script. Everything here enhances forms and links that work without it.
import "bootstrap/js/dist/collapse";
import "bootstrap/js/dist/dropdown";
import { guardLeaving } from "./leaving.js";
import { closeMenus } from "./menus.js";
import { showPlace } from "./places.js";
import { startHtmx } from "./requests.js";
import { guardSubmits } from "./submits.js";
import { guardSignOut, sendUnsent } from "./unsent.js";

startHtmx();
guardSubmits();
guardLeaving();
guardSignOut();
showPlace();
sendUnsent();
closeMenus();
