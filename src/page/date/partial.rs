//! Dates of which no more is known than a month or a year.
//!
//! It must not know how they are read.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Precision {
    Year,
    Month,
    Day,
    Time,
}

/// A date as far as it was written, which is how it is shown: `2025-06-25`, `2025-06` or `2025`, the forms of ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// Its first day: lists are in the order of these.
    pub first: Date,
    precision: Precision,
}

impl PartialDate {
    /// The year, month or day in which a day lies.
    pub fn new(day: Date, precision: Precision) -> PartialDate {
        let first = match precision {
            Precision::Year => day.first_of_year(),
            Precision::Month => day.first_of_month(),
            Precision::Day | Precision::Time => day,
        };
        PartialDate { first, precision: precision.min(Precision::Day) }
    }

    /// Its last day.
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Year => self.first.last_of_year(),
            Precision::Month => self.first.last_of_month(),
            Precision::Day | Precision::Time => self.first,
        }
    }

    /// The number of its month, from 1; `None` where it was not written.
    pub fn month(self) -> Option<i8> {
        (self.precision >= Precision::Month).then(|| self.first.month())
    }

    /// The number of its day, from 1; `None` where it was not written.
    pub fn day(self) -> Option<i8> {
        (self.precision >= Precision::Day).then(|| self.first.day())
    }
}

impl From<Date> for PartialDate {
    fn from(day: Date) -> PartialDate {
        PartialDate { first: day, precision: Precision::Day }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(to, "{:04}", self.first.year()),
            Precision::Month => write!(to, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Day | Precision::Time => self.first.fmt(to),
        }
    }
}
