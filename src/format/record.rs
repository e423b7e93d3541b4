//! A record put together from what its places say.

use super::name::Name;
use super::relation::Reader;
use super::words::{Field, Words};
use super::{FORMATS, date, kind, name, people, plain, status, title};
use crate::model::{
    DateStatement, Format, Layout, Lifecycle, Number, Record, Relation, RelationKind, Role,
    Skipped, Stated, Status,
};
use crate::syntax::{Document, Entry, Form, Section, Statement, parse, statements};
use crate::text::{Source, Span, Spanned};

/// What a file turned out to be.
#[derive(Debug)]
pub enum Recognised {
    /// A record, whatever is wrong with it.
    Record(Box<Record>),
    /// Something else.
    Skipped(Skipped),
}

/// Reads the fields of the record in `source`, which is `file` of its log. Cannot fail.
pub fn recognise(source: Source, file: &str, words: &Words) -> Recognised {
    let document = parse(source.text());
    let name = name::read(file);
    let roles;
    let fields = {
        let draft = Draft::new(source.text(), &document, &name, words);
        roles = draft.roles();
        draft.read()
    };
    let record = Record { roles, ..fields.into_record(source, document, file) };
    match kind::reason(&record, &name) {
        Some(reason) => Recognised::Skipped(Skipped { file: file.to_owned(), reason }),
        None => Recognised::Record(Box::new(record)),
    }
}

/// The fields of a record while they are being collected.
#[derive(Default)]
struct Fields {
    format: Option<&'static Format>,
    number: Option<Stated<Number>>,
    heading_number: Option<Spanned<Number>>,
    id: Option<Stated<String>>,
    title: Option<Stated<String>>,
    statuses: Vec<Stated<Status>>,
    /// With the rank of the key; 0 is the best.
    dates: Vec<(usize, Stated<DateStatement>)>,
    relations: Vec<Relation>,
    tags: Vec<Spanned<String>>,
    deciders: Vec<Spanned<String>>,
    consulted: Vec<Spanned<String>>,
    informed: Vec<Spanned<String>>,
}

impl Fields {
    fn into_record(mut self, source: Source, document: Document, file: &str) -> Record {
        self.statuses.sort_by_key(|stated| stated.layout);
        self.dates.sort_by_key(|(rank, stated)| (unclear(stated.value), *rank, stated.layout));
        self.relations.sort_by_key(|relation| relation.reference.span);
        self.relations.dedup_by(|a, b| a.kind == b.kind && a.reference.span == b.reference.span);
        Record {
            source,
            file: file.to_owned(),
            document,
            roles: vec![],
            format: self.format.unwrap_or(&plain::FORMAT),
            number: self.number,
            heading_number: self.heading_number,
            id: self.id,
            title: self.title,
            statuses: self.statuses,
            date: self.dates.into_iter().next().map(|(_, date)| date),
            relations: self.relations,
            tags: self.tags,
            decision_makers: self.deciders,
            consulted: self.consulted,
            informed: self.informed,
        }
    }
}

/// Whether a better date elsewhere should be preferred.
fn unclear(date: DateStatement) -> u8 {
    match date {
        DateStatement::Date(_) | DateStatement::InOrder { .. } => 0,
        DateStatement::Ambiguous { .. } => 1,
        _ => 2,
    }
}

/// A record that is being read.
struct Draft<'a> {
    text: &'a str,
    document: &'a Document,
    name: &'a Name,
    words: &'a Words,
    parts: Vec<Part<'a>>,
    fields: Fields,
}

/// A section, and what its heading says that it is.
struct Part<'a> {
    section: &'a Section,
    /// The heading without its number and the marks around it.
    bare: &'a str,
    /// What follows a colon in the heading.
    inline: &'a str,
    field: Option<(Field, usize)>,
    role: Option<Role>,
}

impl<'a> Part<'a> {
    fn new(section: &'a Section, words: &Words) -> Self {
        let bare = bare_heading(&section.title);
        let (key, inline) =
            bare.split_once(':').map_or((bare, ""), |(key, rest)| (key, rest.trim()));
        Self { section, bare, inline, field: words.field(key), role: words.role(&section.title) }
    }

    /// Whether the heading names a field or a part of a record, and so is no title.
    fn is_named(&self) -> bool {
        self.field.is_some() || self.role.is_some()
    }
}

impl<'a> Draft<'a> {
    fn new(text: &'a str, document: &'a Document, name: &'a Name, words: &'a Words) -> Self {
        let parts = document.sections.iter().map(|section| Part::new(section, words)).collect();
        Self { text, document, name, words, parts, fields: Fields::default() }
    }

    fn read(mut self) -> Fields {
        self.fields.format = Some(self.format());
        self.identity();
        self.front_matter();
        let head = self.head();
        self.statements(head);
        self.sections();
        self.notes(head);
        if self.fields.statuses.is_empty() {
            self.late_status();
        }
        self.marks();
        if self.fields.dates.iter().all(|(_, date)| date.value.date().is_none()) {
            self.other_dates(head);
        }
        self.fields
    }

    /// For every section the part that it plays.
    fn roles(&self) -> Vec<Option<Role>> {
        self.parts.iter().map(|part| part.role).collect()
    }

    fn format(&self) -> &'static Format {
        let likeness = |format: &Format| (format.likeness)(self.document, self.text);
        let best = FORMATS.iter().rev().max_by_key(|format| likeness(format));
        best.copied().unwrap_or(&plain::FORMAT)
    }

    fn reader(&self) -> Reader<'a> {
        let id = self.name.id.as_deref();
        let own_prefix = id.map(|id| {
            id.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', ' '])
        });
        Reader { text: self.text, words: self.words, own_prefix }
    }

    /// Title, number and id: from the first heading that is a title, the front matter, the name.
    fn identity(&mut self) {
        let front = self.document.front_matter.as_ref();
        let entry = front.and_then(|front| front.entry(&["title"]));
        let stated = entry.and_then(|entry| Some((entry.value.scalar()?, entry.value.span)));
        let heading = self.title_section(stated.is_some());
        let numbered = self.name.number.is_some();
        let words =
            heading.map(|section| (section.title.as_str(), section.title_span, Layout::Title));
        let front = stated.map(|(words, span)| (words, span, Layout::FrontMatter));
        if let Some((shown, span, layout)) = words.or(front) {
            let read = title::read(shown, numbered, self.words);
            let value = if read.title.is_empty() { shown.to_owned() } else { read.title };
            self.fields.title = Some(Stated { value, span: Some(span), layout });
            self.fields.heading_number = read.number.map(|number| Spanned::new(number, span));
            let status = read.status;
            self.fields.statuses.extend(status.map(|value| Stated {
                value,
                span: Some(span),
                layout: Layout::Title,
            }));
            self.fields.id = read.id.map(|value| Stated { value, span: Some(span), layout });
        }
        self.number();
    }

    fn number(&mut self) {
        let named =
            |value: &String| Stated { value: value.clone(), span: None, layout: Layout::FileName };
        let from_name =
            self.name.number.map(|value| Stated { value, span: None, layout: Layout::FileName });
        let from_heading = self.fields.heading_number.as_ref().map(|number| Stated {
            value: number.value,
            span: Some(number.span),
            layout: Layout::Title,
        });
        let dated = self.name.date.is_some();
        self.fields.number =
            from_name.or(from_heading.filter(|_| !dated)).or_else(|| self.stated_number());
        let specific = |id: &Stated<String>| !id.value.to_lowercase().starts_with("adr ");
        let from_title = self.fields.id.take().filter(specific);
        self.fields.id =
            self.name.id.as_ref().map(named).or(from_title.filter(|_| self.name.number.is_none()));
    }

    /// The number that the front matter gives, where neither name nor heading have one.
    fn stated_number(&self) -> Option<Stated<Number>> {
        let front = self.document.front_matter.as_ref()?;
        let entry = front.entry(&["number", "adr", "adr-number", "id"])?;
        let scalar = entry.value.scalar()?;
        let digits = scalar.trim_start_matches(|c: char| !c.is_ascii_digit());
        let value = Number::read(digits)?;
        Some(Stated { value, span: Some(entry.value.span), layout: Layout::FrontMatter })
    }

    /// The section whose heading is the title. Without one of the first level a heading before
    /// everything else is, if it names neither a field nor a part of a record.
    fn title_section(&self, has_other: bool) -> Option<&'a Section> {
        let ones = || self.parts.iter().filter(|part| part.section.level == 1);
        let several = ones().count() > 1;
        // Where the first of several is `# Summary`, all of them are parts, and none is the title.
        let first = ones().next().filter(|first| !(first.is_named() && (several || has_other)));
        let first = first.or_else(|| {
            let first = self.parts.first()?;
            let leads = self.document.preamble.of(self.text).trim().is_empty();
            (leads && !has_other && first.section.level > 1 && !first.is_named()).then_some(first)
        });
        first.map(|part| part.section)
    }

    fn front_matter(&mut self) {
        let Some(front) = &self.document.front_matter else { return };
        for entry in &front.entries {
            self.entry(entry);
        }
    }

    fn entry(&mut self, entry: &'a Entry) {
        let key = entry.key.value.as_str();
        let span = entry.key.span.to(entry.value.span);
        let inner = unquoted(self.text, entry.value.span);
        match self.words.field(key) {
            Some((Field::Status, _)) => self.status(inner, Layout::FrontMatter),
            Some((Field::Date, rank)) => self.date(inner, rank, Layout::FrontMatter),
            Some((Field::Tags, _)) => {
                self.fields.tags.extend(people::of_node(self.text, &entry.value, self.words));
            }
            Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _)) => {
                let people = people::of_node(self.text, &entry.value, self.words);
                self.people(field, people);
            }
            Some((Field::Title | Field::Id, _)) => {}
            None => {
                let Some(kind) = self.words.relation(key) else { return };
                for scalar in entry.value.scalars() {
                    let inner = unquoted(self.text, scalar.span);
                    let found = self.reader().value(kind, inner, span, Layout::FrontMatter);
                    self.fields.relations.extend(found);
                }
            }
        }
    }

    fn status(&mut self, value: Span, layout: Layout) {
        let found = status::read(self.text, value, self.words);
        let found = found.filter(|found| {
            !self.words.is_nothing(found.span.of(self.text)) || found.value.meaning.is_some()
        });
        self.fields.statuses.extend(found.map(|found| Stated {
            value: found.value,
            span: Some(found.span),
            layout,
        }));
        if layout != Layout::Section {
            self.fields.relations.extend(self.reader().prose(value, layout));
            self.footnote(value, layout);
        }
    }

    fn date(&mut self, value: Span, rank: usize, layout: Layout) {
        let found = date::read(self.text, value, self.words);
        self.fields
            .dates
            .extend(found.map(|found| {
                (rank, Stated { value: found.value, span: Some(found.span), layout })
            }));
    }

    fn people(&mut self, field: Field, people: Vec<Spanned<String>>) {
        match field {
            Field::Deciders => self.fields.deciders.extend(people),
            Field::Consulted => self.fields.consulted.extend(people),
            _ => self.fields.informed.extend(people),
        }
    }

    /// Where statements about the record stand: before the first heading and below the title; and
    /// below the next heading, where nothing else stood before and it names no part of a record.
    fn head(&self) -> Span {
        let start = self.document.body.start;
        let title = self.fields.title.as_ref().and_then(|title| title.span);
        let mut bare = self.document.preamble.of(self.text).trim().is_empty();
        for part in &self.parts {
            let section = part.section;
            let is_title = Some(section.title_span) == title && !part.is_named();
            if !(is_title || bare && !part.is_named()) {
                return Span::new(start, section.heading.start);
            }
            bare &= section.body.of(self.text).trim().is_empty();
        }
        Span::new(start, self.text.len())
    }

    fn statements(&mut self, region: Span) {
        for statement in statements(self.text, region) {
            self.statement(&statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let layout = match statement.form {
            Form::Line => Layout::Line,
            Form::Bullet => Layout::Bullet,
            Form::Bold => Layout::Bold,
            Form::Table => Layout::Table,
        };
        let (key, value) = (statement.key.value.as_str(), statement.value);
        let is_key = self.words.field(value.of(self.text)).is_some();
        match self.words.field(key) {
            Some(_) if is_key => {}
            Some((Field::Status, _)) => self.status(value, layout),
            Some((Field::Date, rank)) => self.date(value, rank, layout),
            Some((Field::Tags, _)) => {
                self.fields.tags.extend(people::of_text(self.text, value, self.words));
            }
            Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _)) => {
                let people = people::of_text(self.text, value, self.words);
                self.people(field, people);
            }
            Some((Field::Title | Field::Id, _)) => {}
            None => self.related(key, statement, layout),
        }
    }

    /// A statement whose key is a verb, or a state with a remark: `**Superseded:** since May`.
    fn related(&mut self, key: &str, statement: &Statement, layout: Layout) {
        if let Some(kind) = self.words.relation(key) {
            let found = self.reader().value(kind, statement.value, statement.span, layout);
            self.fields.relations.extend(found);
        }
        let state = self
            .words
            .status(key)
            .filter(|status| status.is(Lifecycle::Superseded) || status.is(Lifecycle::Deprecated));
        self.fields.statuses.extend(state.map(|status| Stated {
            value: status.clone(),
            span: Some(statement.key.span),
            layout: Layout::Prose,
        }));
    }

    /// Sections that are a field: their heading is its name, or a state.
    fn sections(&mut self) {
        for part in std::mem::take(&mut self.parts) {
            let section = part.section;
            let body = section.body.trim(self.text);
            let below_title = section.level > 1;
            match part.field {
                Some((Field::Status, _)) => self.status_section(section, part.inline),
                Some((Field::Date, rank)) if below_title => self.date(body, rank, Layout::Section),
                Some((field @ (Field::Deciders | Field::Consulted | Field::Informed), _))
                    if below_title =>
                {
                    let people = people::of_text(self.text, body, self.words);
                    self.people(field, people);
                }
                Some((Field::Tags, _)) => {
                    let tags = people::of_text(self.text, body, self.words);
                    self.fields.tags.extend(tags);
                }
                _ => self.other_section(&part, body),
            }
        }
    }

    fn status_section(&mut self, section: &Section, inline: &str) {
        let body = section.body.trim(self.text);
        if !inline.is_empty() {
            self.status(section.title_span, Layout::Section);
            if let Some(last) =
                self.fields.statuses.last_mut().filter(|_| self.words.status(inline).is_some())
                && let Some(status) = self.words.status(inline)
            {
                last.value = status.clone();
            }
        }
        let statements = statements(self.text, body);
        let stated = statements
            .iter()
            .any(|one| matches!(self.words.field(&one.key.value), Some((Field::Status, _))));
        if !stated && inline.is_empty() {
            self.status(body, Layout::Section);
        }
        for statement in &statements {
            let relation = self.words.relation(&statement.key.value).is_some();
            if !relation {
                self.statement(statement);
            }
        }
        let found = self.reader().prose(body, Layout::Section);
        self.fields.relations.extend(found);
        for table in statements.iter().filter(|one| one.form == Form::Table) {
            self.related(&table.key.value, table, Layout::Table);
        }
        self.footnote(body, Layout::Section);
    }

    /// A section whose heading is a state (`## Superseded`) or a relation, or that holds links.
    fn other_section(&mut self, part: &Part<'_>, body: Span) {
        let (section, bare) = (part.section, part.bare);
        if section.level > 1 {
            if let Some(status) = self.words.status(bare).filter(|status| {
                [Lifecycle::Superseded, Lifecycle::Deprecated].iter().any(|state| status.is(*state))
            }) {
                let stated = Stated {
                    value: status.clone(),
                    span: Some(section.title_span),
                    layout: Layout::Section,
                };
                self.fields.statuses.push(stated);
                let found = self.reader().prose(body, Layout::Section);
                self.fields.relations.extend(found);
                return;
            }
            if let Some(kind) =
                self.words.relation(bare).filter(|kind| *kind != RelationKind::RelatesTo)
            {
                let found = self.reader().value(kind, body, body, Layout::Section);
                self.fields.relations.extend(found);
                return;
            }
        }
        if part.role == Some(Role::Links) {
            let found = self.reader().list(body);
            self.fields.relations.extend(found);
        }
    }

    /// Notes about supersession above the sections, as quotations and bold remarks.
    fn notes(&mut self, head: Span) {
        let mut at = head.start;
        for raw in head.of(self.text).split_inclusive('\n') {
            let line = Span::new(at, at + raw.len()).trim(self.text);
            at += raw.len();
            let words =
                line.of(self.text).trim_start_matches(['>', ' ', '*', '_', '-', '⚠', '\u{fe0f}']);
            let leads =
                self.words.relations_in(words).first().is_some_and(|(span, kind)| {
                    span.start <= 12 && *kind != RelationKind::RelatesTo
                });
            if leads && !words.starts_with('|') {
                let found = self.reader().prose(line, Layout::Prose);
                self.fields.relations.extend(found);
            }
        }
    }

    /// The footnote that a status refers to may hold the relation.
    fn footnote(&mut self, value: Span, layout: Layout) {
        let written = value.of(self.text);
        let Some(mark) = written
            .find("[^")
            .and_then(|at| written.get(at..))
            .and_then(|rest| rest.find(']').and_then(|end| rest.get(..=end)))
        else {
            return;
        };
        let definition = format!("\n{mark}:");
        if let Some(at) = self.text.find(&definition) {
            let start = at + definition.len();
            let rest = self.text.get(start..).unwrap_or_default();
            let end = start + rest.find('\n').unwrap_or(rest.len());
            let found = self.reader().prose(Span::new(start, end), layout);
            self.fields.relations.extend(found);
        }
    }

    /// A status that stands below the sections, at the end of the file.
    fn late_status(&mut self) {
        let Some(last) = self.document.sections.last() else { return };
        for statement in statements(self.text, last.body) {
            if matches!(self.words.field(&statement.key.value), Some((Field::Status, _))) {
                let known = status::read(self.text, statement.value, self.words);
                if known.is_some_and(|status| status.value.meaning.is_some()) {
                    self.statement(&statement);
                }
            }
        }
    }

    /// Statuses outside of the text: in a tag, in the file's name, in a folder's.
    fn marks(&mut self) {
        let tag = self.fields.tags.iter().find_map(|tag| {
            Lifecycle::named(&tag.value).map(|state| Stated {
                value: state.into(),
                span: Some(tag.span),
                layout: Layout::Tag,
            })
        });
        let state = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.words.status(word).filter(|status| status.meaning.is_some()).cloned()
        };
        let mark = self.name.mark.as_deref().and_then(state);
        let outside = |value, layout| Stated { value, span: None, layout };
        let folder = Lifecycle::named(self.name.folder.trim_matches('_')).map(Status::from);
        self.fields.statuses.extend(tag);
        self.fields.statuses.extend(mark.map(|value| outside(value, Layout::FileName)));
        self.fields.statuses.extend(folder.map(|value| outside(value, Layout::Folder)));
    }

    /// Dates without a key: alone on a line below the title, else in the name.
    fn other_dates(&mut self, head: Span) {
        let mut at = head.start;
        for raw in head.of(self.text).split_inclusive('\n').take(24) {
            let line = Span::new(at, at + raw.len());
            at += raw.len();
            if let Some(found) = date::alone(self.text, line, self.words) {
                let stated =
                    Stated { value: found.value, span: Some(found.span), layout: Layout::Line };
                self.fields.dates.push((usize::MAX - 1, stated));
                return;
            }
        }
        if let Some(date) = self.name.date {
            let value = DateStatement::Date(date);
            let stated = Stated { value, span: None, layout: Layout::FileName };
            self.fields.dates.push((usize::MAX, stated));
        }
    }
}

/// A heading without its number and the marks around it.
fn bare_heading(title: &str) -> &str {
    title
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')')
}

/// A scalar without its quotes.
fn unquoted(text: &str, span: Span) -> Span {
    let written = span.of(text);
    let quoted = written.len() >= 2
        && ['"', '\''].iter().any(|quote| written.starts_with(*quote) && written.ends_with(*quote));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}
