//! Calendar dates, and the result of reading a text as a date.

use std::fmt::{self, Write as _};

/// A day or a month of the Gregorian calendar, without time zone. Ordered by time; a month sorts
/// before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: i8,
    day: Option<i8>,
}

impl Date {
    /// An existing day; `None` for one that does not exist, such as 30 February.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self { year, month, day: Some(day) })
    }

    /// An existing month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, 1).ok()?;
        Some(Self { year, month, day: None })
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        // The shape is checked first: jiff also accepts `20240131`, and a time after the date.
        let has_iso_shape = text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !has_iso_shape {
            return None;
        }
        text.parse::<jiff::civil::Date>().ok().map(Self::from)
    }

    /// The next day; `None` for a month, and at the end of the calendar.
    pub fn next_day(self) -> Option<Self> {
        let civil_day = jiff::civil::Date::new(self.year, self.month, self.day?).ok()?;
        civil_day.tomorrow().ok().map(Self::from)
    }

    /// The number of days from this day to a later one; `None` if either is a month.
    pub fn days_until(self, later: Self) -> Option<i32> {
        let civil_day = |date: Self| jiff::civil::Date::new(date.year, date.month, date.day?).ok();
        civil_day(self)?.until(civil_day(later)?).ok().map(|span| span.get_days())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1. Not `month`, which is a constructor.
    pub fn month_of_year(self) -> i8 {
        self.month
    }

    /// The day of the month, from 1, if one is stated.
    pub fn day_of_month(self) -> Option<i8> {
        self.day
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self { year: date.year(), month: date.month(), day: Some(date.day()) }
    }
}

impl fmt::Display for Date {
    /// Writes `YYYY-MM-DD`, or `YYYY-MM` if no day is stated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.unsigned_abs();
        digits(f, [year / 1000, year / 100, year / 10, year])?;
        for number in [Some(self.month), self.day].into_iter().flatten() {
            let value = number.unsigned_abs().into();
            f.write_char('-')?;
            digits(f, [value / 10, value])?;
        }
        Ok(())
    }
}

/// Writes the last digit of each of `numbers`. This takes a tenth of the time that a number with a width takes; a
/// site has eight dates per record.
fn digits<const N: usize>(f: &mut fmt::Formatter<'_>, numbers: [u16; N]) -> fmt::Result {
    let digit = |number: u16| char::from_digit(u32::from(number % 10), 10).unwrap_or('0');
    numbers.into_iter().try_for_each(|number| f.write_char(digit(number)))
}

/// The result of reading a text as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStatement {
    /// A date, in the ISO form or in another that leaves no doubt.
    Date(Date),
    /// A numeric date that is valid in one order only, and so shows which order the log uses.
    InOrder {
        /// The date.
        date: Date,
        /// The order of day and month.
        order: DateOrder,
    },
    /// Either number may be the day; the other dates of the log may decide.
    Ambiguous {
        /// Read as day, month, year.
        day_first: Date,
        /// Read as month, day, year.
        month_first: Date,
    },
    /// In the form of a date, but the day does not exist.
    Impossible,
    /// A placeholder, such as `YYYY-MM-DD`.
    Placeholder,
    /// Anything else.
    Unreadable,
}

impl DateStatement {
    /// The date, if it is unambiguous.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Date(date) | Self::InOrder { date, .. } => Some(date),
            _ => None,
        }
    }

    /// Replaces an ambiguous date by `known` if that is one of its readings.
    #[must_use]
    pub fn settled_as(self, known: Option<Date>) -> Self {
        match (self, known) {
            (Self::Ambiguous { day_first, month_first }, Some(date))
                if date == day_first || date == month_first =>
            {
                Self::Date(date)
            }
            (other, _) => other,
        }
    }

    /// Replaces an ambiguous date by its reading in the given order.
    #[must_use]
    pub fn settled(self, order: DateOrder) -> Self {
        match (self, order) {
            (Self::Ambiguous { day_first: date, .. }, DateOrder::DayFirst)
            | (Self::Ambiguous { month_first: date, .. }, DateOrder::MonthFirst) => {
                Self::Date(date)
            }
            (other, _) => other,
        }
    }
}

/// The order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// As in Europe and most of the world.
    DayFirst,
    /// As in the United States.
    MonthFirst,
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_the_iso_form_of_a_day_that_exists_is_read() {
        assert_eq!(Date::parse_iso("2024-02-29"), Date::day(2024, 2, 29));
        for text in ["2023-02-29", "20240229", "2024-2-29", "2024-02-29T10:00", "+2024-02-2"] {
            assert_eq!(Date::parse_iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_is_written_without_a_day() {
        assert_eq!(Date::month(2023, 5).unwrap().to_string(), "2023-05");
    }
}
