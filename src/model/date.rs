//! Calendar dates, and what a text that should be one turned out to be.

use std::fmt::{self, Write as _};

/// A day or a month of the Gregorian calendar, without time zone. Ordered by time; a month comes
/// before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: i8,
    day: Option<i8>,
}

impl Date {
    /// A day that exists; `None` for one that does not, such as 30 February.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok()?;
        Some(Self { year, month, day: Some(day) })
    }

    /// A month that exists.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, 1).ok()?;
        Some(Self { year, month, day: None })
    }

    /// Reads exactly `YYYY-MM-DD`.
    pub fn parse_iso(text: &str) -> Option<Self> {
        // The shape is checked first: jiff also takes `20240131` and a time behind the date.
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !shape {
            return None;
        }
        text.parse::<jiff::civil::Date>().ok().map(Self::from)
    }

    /// The day after; `None` for a month, and at the end of the calendar.
    pub fn next_day(self) -> Option<Self> {
        let day = jiff::civil::Date::new(self.year, self.month, self.day?).ok()?;
        day.tomorrow().ok().map(Self::from)
    }

    /// How many days lie between it and a later day; `None` where one of them is a month.
    pub fn days_until(self, later: Self) -> Option<i32> {
        let civil = |date: Self| jiff::civil::Date::new(date.year, date.month, date.day?).ok();
        civil(self)?.until(civil(later)?).ok().map(|span| span.get_days())
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1; the name avoids that of the constructor.
    pub fn month_of_year(self) -> i8 {
        self.month
    }

    /// The day of the month, from 1, where one is stated.
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
    /// `YYYY-MM-DD`, or `YYYY-MM` where no day is stated.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.year.unsigned_abs();
        digits(f, [year / 1000, year / 100, year / 10, year])?;
        for number in [Some(self.month), self.day].into_iter().flatten() {
            let number = number.unsigned_abs().into();
            f.write_char('-')?;
            digits(f, [number / 10, number])?;
        }
        Ok(())
    }
}

/// Writes the last digit of each of `numbers`: in a tenth of the time that a number with a width takes, of
/// which a site has eight a record.
fn digits<const N: usize>(f: &mut fmt::Formatter<'_>, numbers: [u16; N]) -> fmt::Result {
    let digit = |number: u16| char::from_digit(u32::from(number % 10), 10).unwrap_or('0');
    numbers.into_iter().try_for_each(|number| f.write_char(digit(number)))
}

/// What a text in the place of a date turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStatement {
    /// A date, in the ISO form or in another that leaves no doubt.
    Date(Date),
    /// A date of numbers that make sense in one order only, and so tell how the log writes them.
    InOrder {
        /// The date.
        date: Date,
        /// The order that it is written in.
        order: Order,
    },
    /// Day and month may be either; the other dates of the log may settle it.
    Ambiguous {
        /// Read as day, month, year.
        day_first: Date,
        /// Read as month, day, year.
        month_first: Date,
    },
    /// In the form of a date, but of a day that does not exist.
    Impossible,
    /// Something that waits to be filled in, such as `YYYY-MM-DD`.
    Placeholder,
    /// Anything else.
    Unreadable,
}

impl DateStatement {
    /// The date, where there is no doubt about it.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::Date(date) | Self::InOrder { date, .. } => Some(date),
            _ => None,
        }
    }

    /// The same, an ambiguous one taken for the day that the log has settled before.
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

    /// The same, an ambiguous one read in the given order.
    #[must_use]
    pub fn settled(self, by: Order) -> Self {
        match (self, by) {
            (Self::Ambiguous { day_first: date, .. }, Order::DayFirst)
            | (Self::Ambiguous { month_first: date, .. }, Order::MonthFirst) => Self::Date(date),
            (other, _) => other,
        }
    }
}

/// In which order day and month stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
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
