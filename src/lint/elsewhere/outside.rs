//! What `chancery links` finds of addresses outside the site.

use super::super::Rule;
use super::found_elsewhere;

pub const GONE_LINK: Rule = found_elsewhere(
    "gone-link",
    "An address outside the site that a public page links to leads to nothing, as `chancery links` was told: its host answers 404 or 410 to two
requests, or there is no host of that name, although other hosts answer.

    [the report](https://example.org/2019/report.pdf)     (the host was rebuilt in 2024)

Find where it is now; or link to a copy in an archive. If it must stay as it is, `links.skip` leaves it alone.",
);

pub const MOVED_LINK: Rule = found_elsewhere(
    "moved-link",
    "The host of an address says that what was there has another address for good (301, 308), as `chancery links` was told. Readers still get there.

    http://example.org/report     (has moved to https://www.example.org/reports/2024/)

Write the new address, as long as the host still knows it. If it is a front page, what you cite may be gone: look.",
);

pub const UNCLEAR_LINK: Rule = found_elsewhere(
    "unclear-link",
    "`chancery links` could not find out whether an address outside the site is still there: its host gave no answer in time, refused programs (401,
403, 429), had a fault (5xx), or has a certificate that is not valid. It is asked again the next day, and is no failure.

    https://journal.example.org/10.1000/x     (its host answers 403 to all but browsers)

Look yourself. If it is there and its host always refuses, `links.skip` leaves it alone.",
);
