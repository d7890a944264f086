"""Documents that a walkthrough ends with: built as data first, then written as Word or PDF.

`build` and `plan` make a `model.Document`; `docx.write` and `pdf.write` turn one into bytes; `preview` says
in a chat what is in it. User text is data all the way: it reaches no template and no markup.
"""
