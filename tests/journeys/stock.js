// Dresses a page of ours in Bootstrap's own classes: what the same parts would look like off the shelf.
() => {
  const dress = {
    ".masthead": "navbar bg-body-tertiary border-bottom d-block",
    ".masthead-row": "d-flex gap-3 align-items-center",
    ".wordmark": "navbar-brand",
    ".places ul": "nav nav-pills",
    ".places li, .tabs li": "nav-item",
    ".places a, .tabs a": "nav-link",
    ".kicker": "breadcrumb",
    ".lede": "lead",
    ".page-acts": "d-flex gap-2 mb-3",
    ".tabs ul": "nav nav-tabs",
    ".with-rail": "row",
    "main": "col-9",
    ".rail": "col-3 card card-body",
    ".state": "badge text-bg-secondary",
    ".state-waiting": "text-bg-warning",
    ".state-agreed": "text-bg-success",
    ".state-refused": "text-bg-danger",
    ".state-draft": "text-bg-primary",
    ".sponsors": "list-inline mb-0",
    ".sponsors > li": "list-inline-item badge text-bg-light border",
    ".ask-line": "d-flex gap-3",
    ".facts": "row row-cols-2",
    ".notice": "alert",
    ".notice-success": "alert-success",
    ".notice-info": "alert-info",
    ".notice-warning": "alert-warning",
    ".notice-error": "alert-danger",
    ".reasons": "alert alert-secondary",
    ".empty, .quiet, .code": "text-body-secondary",
    ".announcement-here": "toast show p-3",
    ".skeleton": "placeholder col-12",
    ".compare": "d-flex gap-3",
    ".sheet, .thread": "card card-body mb-3",
    ".plain-list, .awaited, .stages": "list-group",
    ".plain-list > li, .awaited > li, .stages > li": "list-group-item",
    ".table-scroll": "table-responsive",
    ".number, .money, .heat td": "text-end",
    ".filters": "d-flex gap-3 align-items-end",
    ".chart": "w-50",
  };
  const found = Object.entries(dress).map(([ours, theirs]) => [document.querySelectorAll(ours), theirs.split(" ")]);
  found.forEach(([parts, theirs]) => parts.forEach((part) => part.classList.add(...theirs)));
  document.querySelectorAll(".nav-link[aria-current]").forEach((link) => link.classList.add("active"));
  const draw = (name, values) =>
    document.querySelectorAll(name).forEach((part) => {
      Object.entries(values).forEach(([key, value]) => part.setAttribute(key, value));
    });
  draw(".chart polyline", { fill: "none", stroke: "currentColor" });
  draw(".chart .dip", { fill: "#eee" });
  draw(".bar", { width: "100%", height: 8 });
  draw(".bar .whole", { fill: "#e9ecef" });
  draw(".bar .part", { fill: "#0d6efd" });
  draw(".bar .over", { fill: "#dc3545" });
  draw(".spread", { width: 68, height: 12 });
  draw(".spread path", { stroke: "#6c757d" });
  document.querySelectorAll(".demo-bar, .skip-link, #announcement, .masthead-end .menu-body").forEach((part) => part.remove());
}
