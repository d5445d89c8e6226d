"""The same text as Word and Google Docs put it on the clipboard."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0in;}
--></style></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<h1 style='color:#2F5496'>Need<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:8.0pt'><span style='font-family:"Arial"'>41 of <b>100</b>
<i>read</i> at
<a href="https://example.org/x">grade level</a>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if
!supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New
Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>First point<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:1.0in;mso-list:l0 level2 lfo1'><![if
!supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New
Roman"'>&nbsp;
</span></span></span><![endif]>Inner point<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if
!supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Second point<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span>Step one</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>2.<span>&nbsp; </span></span>Step two</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'>
<td width=312 valign=top style='width:233.75pt'><p class=MsoNormal>School</p></td>
<td><p class=MsoNormal>Pupils</p></td></tr>
<tr><td><p class=MsoNormal>Brook</p></td><td><p class=MsoNormal>412</p></td></tr></table>
<p class=MsoNormal><img src="file:///c:/x.png"><span
style='color:red'>Red</span><script>alert(1)</script></p>
<!--EndFragment--></body></html>"""

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1a2b">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">Need</span></h2>
<p dir="ltr"><span style="font-weight:400">41 of </span><span style="font-weight:700">100</span><span>
</span><span
style="font-style:italic;font-weight:400">read</span><span> at </span><a href="https://example.org/x"
style="text-decoration:none"><span style="color:#1155cc">grade level</span></a><a
href="javascript:alert(1)">.</a></p><br />
<ul style="margin-top:0"><li dir="ltr" aria-level="1" style="list-style-type:disc"><p dir="ltr"
role="presentation"><span>First point</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr"
role="presentation"><span>Inner point</span></p></li></ul><li dir="ltr"><p><span>Second
point</span></p></li></ul>
<ol><li dir="ltr"><p><span>Step one</span></p></li><li dir="ltr"><p><span>Step two</span></p></li></ol>
<div dir="ltr" align="left"><table style="border:none"><colgroup><col width="312"/></colgroup><tbody>
<tr><td style="border:solid"><p
dir="ltr"><span>School</span></p></td><td><p><span>Pupils</span></p></td></tr>
<tr><td><p><span>Brook</span></p></td><td><p><span>412</span></p></td></tr></tbody></table></div>
<p><span style="background-color:#ff0">Yellow</span></p></b><br class="Apple-interchange-newline">"""
