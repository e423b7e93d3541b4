//! The log as a list of links in Markdown.

use super::definition::Addresses;
use crate::model::{Log, Record, RecordId};
use crate::text::link_words;

/// The form of a table of contents.
#[derive(Clone, Debug, Default)]
pub struct Toc<'p> {
    /// The targets of the links.
    pub addresses: Addresses<'p>,
    /// Whether it is a table with status and date instead of a list.
    pub table: bool,
}

/// The records as a list or a table, one per line.
pub fn toc(log: &Log, ids: &[RecordId], form: &Toc<'_>) -> String {
    let records = ids.iter().map(|id| log.record(*id));
    if form.table {
        let table_rows = records.map(|record| row(record, &form.addresses));
        let header = "| Decision | Status | Date |\n| --- | --- | --- |\n".to_owned();
        return table_rows.fold(header, |all, row| all + &row);
    }
    let list_items = records.map(|record| link(record, &form.addresses));
    list_items.fold(String::new(), |all, link| all + "* " + &link + "\n")
}

fn row(record: &Record, addresses: &Addresses<'_>) -> String {
    let status = record.status().map(ToString::to_string).unwrap_or_default();
    let date = record.date().map(|date| date.to_string()).unwrap_or_default();
    let escaped_cell = |text: &str| text.replace('|', "\\|").replace(['\n', '\r'], " ");
    format!("| {} | {} | {date} |\n", link(record, addresses), escaped_cell(&status))
}

fn link(record: &Record, addresses: &Addresses<'_>) -> String {
    let title = link_words(record.title_or_file());
    let link_text = match (&record.id, &record.number) {
        (Some(id), _) => format!("{} {title}", id.value),
        (None, Some(number)) => format!("{}. {title}", number.value.value),
        (None, None) => title,
    };
    format!("[{link_text}]({})", addresses.of(&record.file))
}

#[cfg(test)]
mod tests {
    use super::{Toc, toc};
    use crate::export::Addresses;
    use crate::export::testing::{ids, log};

    #[test]
    fn a_record_is_an_item() {
        let log = log();
        let addresses = Addresses { prefix: "docs/".to_owned(), ..Addresses::default() };
        let list = toc(&log, &ids(&log), &Toc { addresses, table: false });
        snapbox::assert_data_eq!(
            list,
            snapbox::str![[r#"
* [1. Use "A"](docs/0001-use-a.md)
* [2. Use B, C](docs/0002-use-b.md)
* [3. Use D](docs/0003-use-d.md)

"#]]
        );
    }

    #[test]
    fn a_table_has_status_and_date() {
        let log = log();
        let table = toc(&log, &ids(&log), &Toc { table: true, ..Toc::default() });
        snapbox::assert_data_eq!(
            table,
            snapbox::str![[r#"
| Decision | Status | Date |
| --- | --- | --- |
| [1. Use "A"](0001-use-a.md) | superseded | 2024-01-02 |
| [2. Use B, C](0002-use-b.md) | accepted |  |
| [3. Use D](0003-use-d.md) | proposed |  |

"#]]
        );
    }
}
