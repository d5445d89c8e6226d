"""The national chart of accounts (NCES) as a first chart: districts change it or load their state's own."""

# One code and its name a line. Sources: docs of the domain, section 5.1.
FUND_TYPES = """
1	General
2	Special revenue
3	Capital projects
4	Debt service
5	Permanent
6	Enterprise
7	Internal service
8	Trust
9	Custodial
"""

PROGRAMS = """
100	Regular programs
200	Special programs
300	Vocational and technical programs
400	Other instructional programs
500	Nonpublic school programs
600	Adult programs
700	Community college programs
800	Community services
900	Co-curricular and extracurricular
"""

FUNCTIONS = """
1000	Instruction
2100	Support services, students
2110	Attendance and social work
2120	Guidance
2130	Health
2140	Psychological services
2150	Speech and audiology
2160	Occupational therapy
2190	Other support services, students
2200	Support services, instruction
2210	Improvement of instruction
2212	Curriculum development
2213	Instructional staff training
2220	Library and media
2230	Instruction-related technology
2240	Academic assessment
2290	Other support services, instruction
2300	General administration
2310	Board of education
2320	Executive administration
2400	School administration
2410	Office of the principal
2500	Central services
2510	Fiscal services
2520	Purchasing and warehousing
2530	Printing and publishing
2540	Planning, research, development, evaluation
2560	Public information
2570	Personnel services
2580	Administrative technology
2600	Operation and maintenance
2610	Operation of buildings
2620	Maintenance of buildings
2660	Security
2700	Student transportation
2720	Monitoring
3100	Food service
3300	Community services
4000	Facilities acquisition and construction
5000	Debt service
"""

OBJECTS = """
100	Salaries
110	Salaries of regular employees
111	Salaries of teachers
112	Salaries of aides
113	Salaries of substitutes
120	Salaries of temporary employees
130	Overtime
150	Additional pay such as stipends
200	Benefits
210	Group insurance
220	Social security
230	Retirement
240	Tuition reimbursement
260	Unemployment compensation
270	Workers' compensation
280	Health benefits
300	Professional and technical services
310	Administrative services
320	Educational services
330	Staff training and development
340	Other professional services
350	Technical services
400	Property services
410	Utilities
430	Repairs and maintenance
432	Technology repairs
440	Rentals
450	Construction
500	Other purchased services
510	Student transportation
530	Communications
540	Advertising
550	Printing
560	Tuition
580	Travel
600	Supplies
610	General supplies
620	Energy
630	Food
640	Books and periodicals
650	Technology-related supplies
700	Property
730	Equipment
731	Machinery
732	Vehicles
733	Furniture
734	Technology hardware
735	Technology software
800	Debt service and miscellaneous
810	Dues and fees
900	Other items
"""

CHART = {"function": FUNCTIONS, "object": OBJECTS, "program": PROGRAMS, "fund_type": FUND_TYPES}
